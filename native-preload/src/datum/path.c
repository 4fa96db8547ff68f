/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/memory.h"
#include "datum.h"

void put_path(struct writer *to, unsigned field, const struct context *context, const char *path, size_t size) {
  const size_t prefix = context == NULL ? 0 : context->working_directory_size;
  if (prefix == 0 || (size > 0 && path[0] == '/')) {
    put_bytes(to, field, path, size);
    return;
  }
  size_t room;
  uint8_t *start = open_bytes(to, field, &room);
  if (start == NULL) return;
  if (prefix + 1 + size > room) {
    abandon_bytes(to, start);
    to->skipped++;
    return;
  }
  memcpy(start, context->working_directory, prefix);
  start[prefix] = '/';
  memcpy(start + prefix + 1, path, size);
  close_bytes(to, start, prefix + 1 + size);
}
