/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <link.h>
#include <stdbool.h>
#include <stdint.h>

#include "../base/copy.h"
#include "../base/threads.h"
#include "calls.h"

/*
 * The lists of objects that the loader keeps for debuggers (r_debug of link.h), read without the lock of the loader,
 * which another thread may hold for ever when the process ends. What was there at the start is remembered.
 */
enum { MAX_REMEMBERED_OBJECTS = 2048 };

struct loader_snapshot {
  const struct r_debug *debug;  /* NULL if the executable does not tell */
  const struct link_map *next;  /* at the start: behind the last remembered entry */
  struct address_range executable; /* kept because the program may unmap its headers */
  thread_flag *threads;        /* NULL if unknown */
  bool iterator_is_of_libc;    /* a dl_iterate_phdr of the program may need what is gone at the end */
  ElfW(Addr) vdso;             /* not read at the end: the program may unmap it, and glibc takes its name from it */
  unsigned count;              /* may be larger than MAX_REMEMBERED_OBJECTS */
  struct remembered {
    const struct link_map *entry;
    uint64_t key;
  } objects[MAX_REMEMBERED_OBJECTS];
};

/* `executable` is the first object that the loader lists. */
void start_snapshot(struct loader_snapshot *snapshot, const struct dl_phdr_info *executable);

/* Whether the executable contains the function, and tells where the lists are. */
static inline bool is_of_program(const struct loader_snapshot *snapshot, ElfW(Addr) function) {
  const bool is_inside = function >= snapshot->executable.low && function < snapshot->executable.high;
  return is_inside && snapshot->debug != NULL;
}

/* To be called for the object that is called libc.so.6; `iterator` is the address of dl_iterate_phdr. */
void remember_libc(struct loader_snapshot *snapshot, const struct dl_phdr_info *libc, ElfW(Addr) iterator);

/* Of the name of an object, as `copy_and_hash` returns it. */
uint64_t hash_name(const char *name, size_t size);

/* To be called for each object in the order of the loader, which is holding its lock. */
void remember_object(struct loader_snapshot *snapshot, ElfW(Addr) address, uint64_t name_hash);

/*
 * The first object whose file name begins with `prefix`, or NULL. Makes no system call, so unless `all` it looks only
 * at remembered entries, which no thread unmaps.
 */
const struct link_map *find_loaded(const struct loader_snapshot *snapshot, bool all, const char *prefix, size_t size);

/* A walk over the objects that are not remembered, in all namespaces. */
struct new_objects {
  const struct loader_snapshot *snapshot;
  struct copies *copies;
  const struct r_debug *namespace;
  const struct link_map *next;
  unsigned steps; /* entries seen, of a list that another thread may be changing */
  unsigned known; /* remembered objects seen, where the next one is likely to be */
  unsigned lost;  /* entries that could not be read, each the end of its list */
  bool none_unloaded; /* so that the address of a remembered entry tells its object */
};

void start_new_objects(struct new_objects *walk, const struct loader_snapshot *snapshot, struct copies *copies,
                       bool none_unloaded);

/*
 * The address and the name of the next object; false at the end. The name is in `copies`, which starts over with each
 * object.
 */
bool next_new_object(struct new_objects *walk, ElfW(Addr) *address, const char **name);
