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

/* The stamp as a file without a name, which disappears with this process. */
struct stamp_file {
  int fd; /* -1: none */
  char path[40];
};

/* Writes the stamp to a file that `linker` can open. Prints a warning on failure. */
struct stamp_file open_stamp_file(const struct stamp *stamp, const char *linker);

/* Whether anyone has read the file since. Also true if the system does not tell. */
bool stamp_was_read(const struct stamp_file *file);

/* Whether an input is the stamp of another wrapper: only a wrapper passes such a path of an object. */
bool is_stamp_name(const char *path);

#endif
