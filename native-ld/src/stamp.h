/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_STAMP_H
#define OGRT_LD_STAMP_H

#include "command.h"

#define UUID_LENGTH 36

/* An object file with a stamp. */
struct stamp {
  uint8_t *bytes;
  size_t size;
  char uuid[UUID_LENGTH + 1];
};

/* Makes the stamp of a link. Prints a warning on failure. */
bool make_stamp(const struct command *command, struct stamp *stamp);

/* Writes the stamp to a file without a name, which disappears with the process. Returns its descriptor, or -1. */
int open_stamp_file(const struct stamp *stamp);

#endif
