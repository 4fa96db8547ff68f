/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../wire/fields.h"
#include "datum.h"

/* Trusts the variables that container runtimes set; a safer test would have to open files. */
void put_container(struct writer *to, const struct context *context) {
  for (unsigned i = VARIABLE_FIRST_CONTAINER; i <= VARIABLE_LAST_CONTAINER; i++) {
    const char *value = context->variables.values[i];
    if (value == NULL) continue;
    put_text(to, PROCESS_START_CONTAINER, variable_assignment(value, (enum variable)i));
    return;
  }
}
