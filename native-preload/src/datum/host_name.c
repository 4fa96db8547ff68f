/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"

void put_host_name(struct writer *to, struct context *context) {
  const char *name = system_host_name(&context->scratch);
  if (name != NULL && name[0] != '\0') put_text(to, PROCESS_START_HOSTNAME, name);
}
