/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../wire/fields.h"
#include "datum.h"

void put_loader_variables(struct writer *to, const struct context *context) {
  const char *const *values = context->variables.values;
  if (values[VARIABLE_LD_LIBRARY_PATH] != NULL) {
    put_text(to, PROCESS_START_LD_LIBRARY_PATH, values[VARIABLE_LD_LIBRARY_PATH]);
  }
  if (values[VARIABLE_LD_PRELOAD] != NULL) put_text(to, PROCESS_START_LD_PRELOAD, values[VARIABLE_LD_PRELOAD]);
}
