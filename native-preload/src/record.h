/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "datum/objects.h"
#include "send/channel.h"
#include "wire/writer.h"

/*
 * A start or end record. If its objects do not fit one frame, they continue in further frames.
 */
struct record {
  uint32_t type;
  struct context *context; /* NULL at the end of a process */
  const void *vdso;
  bool debug;
  const char *name; /* in debug output */
  /* Writes the fields of part number `part` and the objects from `walk->skip_objects` on. */
  void (*compose)(struct record *record, struct writer *to, unsigned part, struct object_walk *walk);
};

/* What a part lacks, beside what `walk` has counted. */
struct omitted {
  unsigned arguments, environment, modules;
};

void put_omitted(struct writer *to, unsigned field, const struct omitted *omitted, const struct object_walk *walk);

/* Room at the end of a frame for the fields that are written last: omitted counts and the part number. */
enum { TRAILER_BYTES = 96 };

/* True if the kernel took at least the first frame. */
bool send_record(struct record *record, const struct destination *destination, struct object_walk *walk);
