/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/glob.h"
#include "../base/memory.h"
#include "../wire/fields.h"
#include "datum.h"

unsigned put_environment(struct writer *to, const struct context *context) {
  unsigned omitted = 0;
  const char *globs = OGRT_CONFIG_ENVIRONMENT;
  if (globs[0] == '\0') return 0;
  for (char *const *at = context->environment; *at != NULL; at++) {
    size_t name_size = 0;
    while ((*at)[name_size] != '=' && (*at)[name_size] != '\0') name_size++;
    if (!glob_list_matches(globs, *at, name_size)) continue;
    const uint8_t *before = to->at;
    put_text(to, PROCESS_START_ENVIRONMENT_VARIABLES, *at);
    if (to->at == before) omitted++;
  }
  return omitted;
}
