/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../context.h"
#include "../wire/writer.h"

/* How many objects the loader had mapped, and how often it has mapped and unmapped since, at one moment. */
struct load_state {
  unsigned listed;
  uint64_t loaded, unloaded;
};

/* One walk over the loaded objects in load order. The first is the executable; the vDSO has no file and is no object. */
struct object_walk {
  struct writer *to;
  const struct context *context; /* to complete relative paths; may be NULL */
  unsigned field;                /* that each object is written as */
  struct load_state known;       /* of an earlier walk, whose objects are not looked at again */
  unsigned skip_objects;         /* objects that earlier frames of the record hold */
  bool with_executable;          /* the first frame of a start record */

  unsigned total;    /* objects seen, sent or not */
  unsigned next;     /* first object that did not fit: what the next frame skips */
  unsigned omitted;  /* objects that no frame can hold */
  unsigned signatures_omitted;
  struct load_state state;
};

/* False where the loader offers no list. */
bool walk_objects(struct object_walk *walk);

/* Whether the loader can list its objects at all. */
bool can_walk_objects(void);
