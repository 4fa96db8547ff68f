/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../context.h"
#include "../elf/object.h"
#include "../wire/writer.h"

/* A snapshot of the loader: the number of listed objects, and how many it has ever loaded and unloaded. */
struct load_state {
  unsigned listed;
  uint64_t loaded, unloaded;
};

/* A walk over the loaded objects in load order. The executable is the first; the vDSO is skipped. */
struct object_walk {
  struct writer *to;
  const struct context *context; /* makes relative paths absolute; may be NULL */
  unsigned field;                /* field number of each object */
  struct load_state previous;    /* state of an earlier walk, whose objects are skipped */
  struct object_facts *facts;    /* working memory: those of the current object */
  unsigned skip_objects;         /* objects in earlier frames of the record */
  bool with_executable;          /* also write the notes of the executable, in the first frame of a start record */

  unsigned total;    /* objects seen, sent or not */
  unsigned next;     /* first object that did not fit, where the next frame starts */
  unsigned omitted;  /* objects that fit no frame */
  unsigned signatures_omitted;
  struct load_state state;
};

/* False if the loader cannot list its objects. */
bool walk_objects(struct object_walk *walk);

bool can_walk_objects(void);
