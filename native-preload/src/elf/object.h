/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <link.h>
#include <stdbool.h>

#include "notes.h"

/* What can be read from the memory of one loaded object. The spans point into it. */
struct object_facts {
  struct note_findings notes;
  struct span soname;
};

void read_object(const struct dl_phdr_info *object, bool with_soname, struct object_facts *facts);

/* The program headers of an object, and the first readable PT_LOAD among them, which holds nearly all that is asked for. */
struct segments {
  const ElfW(Phdr) *headers;
  unsigned count;
  const ElfW(Phdr) *first; /* NULL until one was met */
};

static inline bool segment_holds(const ElfW(Phdr) *segment, ElfW(Addr) address, ElfW(Addr) size) {
  const ElfW(Addr) inside = address - segment->p_vaddr;
  return inside <= segment->p_filesz && size <= segment->p_filesz - inside;
}

bool lies_elsewhere(const struct segments *segments, ElfW(Addr) address, ElfW(Addr) size);

/* Whether [address, address + size), before relocation, is file-backed and readable memory of the object. */
static inline bool lies_in_segment(const struct segments *segments, ElfW(Addr) address, ElfW(Addr) size) {
  if (segments->first != NULL && segment_holds(segments->first, address, size)) return true;
  return lies_elsewhere(segments, address, size);
}

struct span find_soname(ElfW(Addr) base, const struct segments *segments, const ElfW(Phdr) *dynamic);
