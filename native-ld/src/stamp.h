/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_STAMP_H
#define OGRT_LD_STAMP_H

#include "command.h"

#define UUID_LENGTH 36

/* An object to link, made from a template of the library. */
struct stamp {
  uint8_t *bytes;
  size_t size;
  char uuid[UUID_LENGTH + 1];
};

/* The stamp of a link, or false with a complaint. */
bool make_stamp(const struct command *command, struct stamp *stamp);

/*
 * Puts the stamp where the linker can read it under a name that vanishes with the process, and nowhere else: returns an
 * open descriptor whose /proc/self/fd entry is that name, or -1 with a complaint.
 */
int place_stamp(const struct stamp *stamp);

#endif
