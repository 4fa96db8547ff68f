/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loader_list.h"

#include "../base/memory.h"
#include "../base/system.h"

enum { MAX_STEPS = 1 << 16 };

/* As struct r_debug_extended of glibc 2.35, which sets the version to 2 once there is a second namespace. */
struct extended_debug {
  struct r_debug debug;
  const struct r_debug *next;
};
enum { EXTENDED_VERSION = 2 };

COLD uint64_t hash_name(const char *name, size_t size) { return copy_and_hash(NULL, name, size); }

/*
 * Identifies an object by its address and its name. Both may be reused, but not together by another object, unless
 * that has taken the place of the first in the file system.
 */
static inline uint64_t key_of(ElfW(Addr) address, uint64_t name_hash) { return address ^ name_hash; }

static const struct r_debug *find_debug(const struct dl_phdr_info *executable) {
  for (unsigned i = 0; i < executable->dlpi_phnum; i++) {
    if (executable->dlpi_phdr[i].p_type != PT_DYNAMIC) continue;
    const ElfW(Dyn) *at = (const ElfW(Dyn) *)(executable->dlpi_addr + executable->dlpi_phdr[i].p_vaddr);
    for (; at->d_tag != DT_NULL; at++) {
      if (at->d_tag == DT_DEBUG) return (const struct r_debug *)at->d_un.d_ptr;
    }
  }
  return NULL;
}

COLD void start_snapshot(struct loader_snapshot *snapshot, const struct dl_phdr_info *executable) {
  snapshot->debug = find_debug(executable);
  snapshot->next = snapshot->debug == NULL ? NULL : snapshot->debug->r_map;
  snapshot->executable = range_of(executable->dlpi_addr, executable->dlpi_phdr, executable->dlpi_phnum);
}

COLD void remember_libc(struct loader_snapshot *snapshot, const struct dl_phdr_info *libc, ElfW(Addr) iterator) {
  const struct address_range range = range_of(libc->dlpi_addr, libc->dlpi_phdr, libc->dlpi_phnum);
  const ElfW(Addr) flag = thread_flag_address();
  const bool is_copied = flag >= snapshot->executable.low && flag < snapshot->executable.high;
  if (is_copied || (flag >= range.low && flag < range.high)) snapshot->threads = (thread_flag *)flag;
  snapshot->iterator_is_of_libc = iterator >= range.low && iterator < range.high;
}

/*
 * The list of the loader has the order of dl_iterate_phdr(3), so mostly the next entry is the one. Entries that a
 * dl_iterate_phdr of the program hides are passed over: the end record lists them.
 */
void remember_object(struct loader_snapshot *snapshot, ElfW(Addr) address, uint64_t name_hash) {
  const struct link_map *entry = snapshot->next;
  while (entry != NULL && entry->l_addr != address) entry = entry->l_next;
  if (entry == NULL) return;
  snapshot->next = entry->l_next;
  if (snapshot->count < MAX_REMEMBERED_OBJECTS) {
    snapshot->objects[snapshot->count] = (struct remembered){entry, key_of(address, name_hash)};
  }
  snapshot->count++;
}

static unsigned remembered_count(const struct loader_snapshot *snapshot) {
  return snapshot->count < MAX_REMEMBERED_OBJECTS ? snapshot->count : MAX_REMEMBERED_OBJECTS;
}

/* Objects mostly stay in their order, so the search starts at the place of the last one found. */
COLD static const struct remembered *known_entry(const struct new_objects *walk, const struct link_map *entry) {
  const struct loader_snapshot *snapshot = walk->snapshot;
  const unsigned count = remembered_count(snapshot);
  if (walk->known < count && snapshot->objects[walk->known].entry == entry) {
    return &snapshot->objects[walk->known];
  }
  for (unsigned i = 0; i < count; i++) {
    if (snapshot->objects[i].entry == entry) return &snapshot->objects[i];
  }
  return NULL;
}

COLD static bool is_known_key(const struct new_objects *walk, uint64_t key) {
  const struct loader_snapshot *snapshot = walk->snapshot;
  const unsigned count = remembered_count(snapshot);
  if (walk->known < count && snapshot->objects[walk->known].key == key) return true;
  for (unsigned i = 0; i < count; i++) {
    if (snapshot->objects[i].key == key) return true;
  }
  return false;
}

void start_new_objects(struct new_objects *walk, const struct loader_snapshot *snapshot, struct copies *copies,
                       bool none_unloaded) {
  const struct r_debug *debug = snapshot->debug;
  *walk = (struct new_objects){.snapshot = snapshot,
                               .copies = copies,
                               .namespace = debug,
                               .next = debug == NULL ? NULL : debug->r_map,
                               .lost = debug == NULL,
                               .none_unloaded = none_unloaded};
}

static const char *file_name(const char *path) {
  size_t at = text_length(path);
  while (at > 0 && path[at - 1] != '/') at--;
  return path + at;
}

const struct link_map *find_loaded(const struct loader_snapshot *snapshot, bool all, const char *prefix,
                                        size_t size) {
  struct new_objects walk;
  start_new_objects(&walk, snapshot, NULL, true);
  for (; walk.next != NULL && walk.steps < MAX_STEPS; walk.next = walk.next->l_next, walk.steps++) {
    const struct remembered *known = known_entry(&walk, walk.next);
    if (known == NULL && !all) break;
    if (known != NULL) walk.known++;
    if (walk.next->l_addr == snapshot->vdso) continue;
    const char *path = walk.next->l_name;
    if (path != NULL && same_bytes(file_name(path), prefix, size)) return walk.next;
  }
  return NULL;
}

/* The heads of the lists are static data of the loader. */
static bool next_namespace(struct new_objects *walk) {
  const struct r_debug *at = walk->namespace;
  if (at == NULL || at->r_version < EXTENDED_VERSION) return false;
  walk->namespace = ((const struct extended_debug *)(const void *)at)->next;
  if (walk->namespace == NULL) return false;
  walk->next = walk->namespace->r_map;
  return true;
}

COLD bool next_new_object(struct new_objects *walk, ElfW(Addr) *address, const char **name) {
  uint8_t *const start = walk->copies->at;
  for (;;) {
    while (walk->next == NULL) {
      if (walk->steps >= MAX_STEPS || !next_namespace(walk)) return false;
    }
    walk->copies->at = start;
    const struct link_map *const place = walk->next;
    const struct remembered *const in_place = known_entry(walk, place);
    if (in_place != NULL && (walk->none_unloaded || place->l_addr == walk->snapshot->vdso)) {
      walk->known++;
      walk->next = place->l_next;
      continue;
    }
    const bool is_safe = in_place != NULL || walk->copies->alone;
    const struct link_map *entry = is_safe ? place : copy_memory(walk->copies, place, sizeof *place);
    size_t name_size = 0;
    *name = "";
    if (entry != NULL && entry->l_name != NULL && entry->l_addr != walk->snapshot->vdso) {
      if (is_safe) {
        *name = entry->l_name;
        name_size = text_length(*name);
      } else {
        *name = copy_text(walk->copies, entry->l_name, MAX_PATH_BYTES, &name_size);
      }
    }
    if (++walk->steps >= MAX_STEPS || entry == NULL || *name == NULL) {
      walk->lost++;
      walk->next = NULL;
      continue;
    }
    walk->next = entry->l_next;
    *address = entry->l_addr;
    if (is_known_key(walk, key_of(*address, hash_name(*name, name_size)))) {
      walk->known += walk->namespace == walk->snapshot->debug;
    } else if (name_size > 0) {
      return true;
    }
  }
}
