/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <link.h>
#include <stdbool.h>

#include "../base/copy.h"
#include "notes.h"

/* Findings in the memory of one loaded object. The spans point into it. */
struct object_facts {
  struct note_findings notes;
  struct span soname;
};

/* Reads in place, which only the lock of the loader makes safe, or from `copies` unless that is NULL. */
void read_object(const struct dl_phdr_info *object, bool with_soname, struct copies *copies, struct object_facts *facts);

/* The program headers of an object, and its first readable PT_LOAD, which holds almost everything that is read. */
struct segments {
  const ElfW(Phdr) *headers;
  unsigned count;
  const ElfW(Phdr) *first; /* NULL until found */
};

/* How many bytes of a segment follow an address, before relocation; 0 if it is outside. */
static inline ElfW(Addr) rest_of_segment(const ElfW(Phdr) *segment, ElfW(Addr) address) {
  const ElfW(Addr) inside = address - segment->p_vaddr;
  return inside < segment->p_filesz ? segment->p_filesz - inside : 0;
}

/* Like `readable_rest`, but searches all segments. */
ElfW(Addr) rest_of_any_segment(const struct segments *segments, ElfW(Addr) address);

/* How many bytes of file-backed and readable memory of the object follow an address, before relocation. */
static inline ElfW(Addr) readable_rest(const struct segments *segments, ElfW(Addr) address) {
  const ElfW(Addr) rest = segments->first == NULL ? 0 : rest_of_segment(segments->first, address);
  return rest != 0 ? rest : rest_of_any_segment(segments, address);
}

struct span find_soname(ElfW(Addr) base, const struct segments *segments, const ElfW(Phdr) *dynamic,
                        struct copies *copies);
