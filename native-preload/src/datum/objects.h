/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../context.h"
#include "../elf/loader_list.h"
#include "../elf/object.h"
#include "../wire/writer.h"

/* A walk over loaded objects in load order, without executable and vDSO. */
struct object_walk {
  struct writer *to;
  const struct context *context; /* makes relative paths absolute; may be NULL */
  unsigned field;                /* field number of each object */
  struct object_facts *facts;    /* working memory: those of the current object */
  struct copies memory;
  struct copies *copies;         /* `memory` in a walk over new objects, else NULL */
  struct loader_snapshot *snapshot;
  struct new_objects objects;    /* working memory of a walk over new objects, and the one that it is at */
  struct dl_phdr_info object;
  uint64_t unloaded_before;      /* `unloaded` of an earlier walk */
  unsigned skip_objects;         /* objects in earlier frames of the record */
  bool with_executable;          /* also write the notes of the executable, in the first frame of a start record */
  const ElfW(Phdr) *executable;  /* its program headers */

  bool remembers;                /* whether the snapshot is being filled */

  ElfW(Addr) vdso; /* 0 without a vDSO */
  unsigned total;    /* objects seen, sent or not */
  unsigned next;     /* first object that did not fit, where the next frame starts */
  unsigned omitted;  /* objects that fit no frame or could not be read */
  unsigned signatures_omitted;
  bool knows_unloaded; /* of a walk over new objects: whether `unloaded` is set */
  uint64_t unloaded; /* how many the loader has ever unloaded; of a walk over new objects: since the start */
};

/*
 * At the start, by dl_iterate_phdr(3), which waits for the lock of the loader, unless the program has its own. Fills the
 * snapshot.
 */
void walk_objects(struct object_walk *walk);

/* At the end: the objects that the snapshot lacks, without a lock. */
void walk_new_objects(struct object_walk *walk);

bool can_walk_objects(void);

/*
 * The executable as the kernel has mapped it, or as the first object that the loader lists, if the loader has mapped it.
 * False if the process has neither.
 */
bool find_executable(const struct auxiliary *auxiliary, struct dl_phdr_info *executable);
