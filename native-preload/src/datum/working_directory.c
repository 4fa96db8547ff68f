/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"

void put_working_directory(struct writer *to, struct context *context) {
  context->working_directory_size = 0;
  size_t room;
  uint8_t *start = open_bytes(to, PROCESS_START_CWD, &room);
  if (start == NULL) return;
  const long size = system_working_directory((char *)start, room < MAX_PATH_BYTES ? room : MAX_PATH_BYTES);
  /* The size of getcwd(2) includes the NUL. A directory outside the root starts with "(unreachable)". */
  if (size <= 1 || start[0] != '/') {
    abandon_bytes(to, start);
    if (room < MAX_PATH_BYTES) to->skipped++;
    return;
  }
  context->working_directory = start;
  context->working_directory_size = (unsigned)size - 1;
  close_bytes(to, start, (size_t)size - 1);
}
