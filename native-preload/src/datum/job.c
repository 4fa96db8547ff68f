/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../wire/fields.h"
#include "datum.h"

#define NEEDS_COMPANION(name, companion) sizeof(companion) > 1,
static const bool needs_companion[] = {OGRT_CONFIG_JOB_VARIABLES(NEEDS_COMPANION)};
#undef NEEDS_COMPANION

const char *job_id(const struct context *context) {
  const char *const *values = &context->variables.values[VARIABLE_FIRST_JOB];
  for (unsigned i = 0; i < sizeof needs_companion; i++, values += 2) {
    const char *value = values[0];
    const char *companion = values[1];
    if (value != NULL && value[0] != '\0' && (!needs_companion[i] || companion != NULL)) return value;
  }
  return NULL;
}

/* The field is required by 0.5 servers, also where the job id does not fit. */
void put_job(struct writer *to, const struct context *context) {
  const char *job = job_id(context);
  const unsigned skipped = to->skipped;
  if (job != NULL) put_name(to, PROCESS_START_JOB_ID, job);
  if (job == NULL || to->skipped > skipped) put_text(to, PROCESS_START_JOB_ID, "UNKNOWN");
}
