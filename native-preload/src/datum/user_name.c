/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../wire/fields.h"
#include "datum.h"

/* From the environment: a query of the user database would load name services into the program. The uid is exact. */
void put_user_name(struct writer *to, const struct context *context) {
  const char *name = context->variables.values[VARIABLE_USER];
  if (name == NULL) name = context->variables.values[VARIABLE_LOGNAME];
  if (name != NULL) put_name(to, PROCESS_START_USERNAME, name);
}
