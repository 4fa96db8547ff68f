/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "datum/objects.h"
#include "send/channel.h"
#include "wire/writer.h"

/*
 * The way a record gets out, the same for start and end: written to one small frame; where it does not fit, to one large
 * frame; where its list of objects does not fit that either, to several. A frame that is not full is the last.
 */
struct record {
  uint32_t type;
  struct context *context; /* NULL at the end of a process */
  const void *vdso;
  size_t share; /* room that objects leave free in the first frame, for what is written after them */
  /* Writes the fields of part number `part` and walks the objects from `walk->skip_objects` on. */
  bool debug;
  const char *name; /* in debug output */
  void (*compose)(struct record *record, struct writer *to, unsigned part, struct object_walk *walk);
};

/* Room at the end of a frame for what is known only when everything else is written: counts and the part. */
enum { TRAILER_SIZE = 96 };

/* True when at least the first frame was handed to the kernel. The state of the loader is left in `state`. */
bool send_record(struct record *record, const struct destination *destination, struct load_state *state);
