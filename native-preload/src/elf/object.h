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

void read_object(const struct dl_phdr_info *object, struct object_facts *facts);

/* Whether [address, address + size), before relocation, is file-backed and readable memory of this object. */
bool lies_in_segment(const struct dl_phdr_info *object, unsigned segment_count, ElfW(Addr) address, ElfW(Addr) size);

struct span find_soname(const struct dl_phdr_info *object, const ElfW(Phdr) *dynamic, unsigned segment_count);
