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

static inline bool segment_holds(const ElfW(Phdr) *segment, ElfW(Addr) address, ElfW(Addr) size) {
  const ElfW(Addr) inside = address - segment->p_vaddr;
  return inside <= segment->p_filesz && size <= segment->p_filesz - inside;
}

/* Like `object_holds`, but searches all segments. */
bool any_segment_holds(const struct segments *segments, ElfW(Addr) address, ElfW(Addr) size);

/* Whether [address, address + size), before relocation, is file-backed and readable memory of the object. */
static inline bool object_holds(const struct segments *segments, ElfW(Addr) address, ElfW(Addr) size) {
  if (segments->first != NULL && segment_holds(segments->first, address, size)) return true;
  return any_segment_holds(segments, address, size);
}

struct span find_soname(ElfW(Addr) base, const struct segments *segments, const ElfW(Phdr) *dynamic,
                        struct copies *copies);
