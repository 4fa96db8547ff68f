/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"

void put_host_name(struct writer *to) {
  char name[HOST_NAME_BYTES];
  const size_t size = system_host_name(name);
  if (size > 0) put_bytes(to, PROCESS_START_HOSTNAME, name, size);
}
