/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/glob.h"
#include "../base/memory.h"
#include "../wire/fields.h"
#include "datum.h"

/* Writes NAME=VALUE. Returns 1 if it did not fit. */
static unsigned put_assignment(struct writer *to, const char *assignment) {
  const uint8_t *before = to->at;
  put_text(to, PROCESS_START_ENVIRONMENT_VARIABLES, assignment);
  return to->at == before;
}

static unsigned put_default(struct writer *to, const struct context *context) {
  unsigned omitted = 0;
  for (int variable = VARIABLE_FIRST_SENT; variable <= VARIABLE_LAST_SENT; variable++) {
    const char *value = context->variables.values[variable];
    if (value != NULL) omitted += put_assignment(to, variable_assignment(value, (enum variable)variable));
  }
  return omitted;
}

static unsigned put_matching(struct writer *to, const struct context *context, const char *globs) {
  unsigned omitted = 0;
  for (char *const *at = context->environment; *at != NULL; at++) {
    if (glob_list_matches(globs, *at, text_length_to(*at, '='))) omitted += put_assignment(to, *at);
  }
  return omitted;
}

unsigned put_environment(struct writer *to, const struct context *context) {
  if (OGRT_CONFIG_HAS_ENVIRONMENT) return put_matching(to, context, OGRT_CONFIG_ENVIRONMENT);
  return OGRT_CONFIG_COMPAT_0_5 ? 0 : put_default(to, context);
}
