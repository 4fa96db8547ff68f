/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <link.h>
#include <stdbool.h>
#include <stdint.h>

#include "../base/copy.h"

/*
 * The lists of objects that the loader keeps for debuggers (r_debug of link.h), read without the lock of the loader,
 * which another thread may hold for ever when the process ends. What was there at the start is remembered.
 */
enum { MAX_REMEMBERED_OBJECTS = 2048 };

struct loader_snapshot {
  const struct r_debug *debug; /* NULL if the executable does not tell */
  unsigned count;              /* may be larger than MAX_REMEMBERED_OBJECTS */
  struct remembered {
    const struct link_map *entry;
    uint64_t key;
  } objects[MAX_REMEMBERED_OBJECTS];
};

/* `executable` is the first object that the loader lists. */
void remember_objects(struct loader_snapshot *snapshot, const struct dl_phdr_info *executable);

/* A walk over the objects that are not remembered, in all namespaces. */
struct new_objects {
  const struct loader_snapshot *snapshot;
  struct copies *copies;
  const struct r_debug *namespace;
  const struct link_map *next;
  unsigned steps;  /* entries seen, of a list that another thread may be changing */
  unsigned known;  /* remembered objects that are still loaded */
  unsigned lost;   /* entries that could not be read, each the end of its list */
};

struct new_objects first_new_object(const struct loader_snapshot *snapshot, struct copies *copies);

/*
 * The address and the name of the next object; false at the end. The name is in `copies`, which starts over with each
 * object.
 */
bool next_new_object(struct new_objects *walk, ElfW(Addr) *address, const char **name, size_t *name_size);
