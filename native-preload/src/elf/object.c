/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "object.h"

enum { SEGMENTS_MAX = 128 }; /* program headers that are looked at; linkers make about a dozen */

bool lies_in_segment(const struct dl_phdr_info *object, unsigned segment_count, ElfW(Addr) address, ElfW(Addr) size) {
  for (unsigned i = 0; i < segment_count; i++) {
    const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_R) == 0) continue;
    const ElfW(Addr) inside = address - segment->p_vaddr;
    if (address >= segment->p_vaddr && inside <= segment->p_filesz && size <= segment->p_filesz - inside) return true;
  }
  return false;
}

void read_object(const struct dl_phdr_info *object, struct object_facts *facts) {
  facts->notes.build_id.size = 0;
  facts->notes.signature_count = 0;
  facts->soname.size = 0;
  const unsigned count = object->dlpi_phnum < SEGMENTS_MAX ? object->dlpi_phnum : SEGMENTS_MAX;
  for (unsigned i = 0; i < count; i++) {
    const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
    if (segment->p_type != PT_NOTE && segment->p_type != PT_DYNAMIC) continue;
    if (!lies_in_segment(object, count, segment->p_vaddr, segment->p_filesz)) continue;
    if (segment->p_type == PT_DYNAMIC) {
      facts->soname = find_soname(object, segment, count);
    } else {
      const uint8_t *bytes = (const uint8_t *)(object->dlpi_addr + segment->p_vaddr);
      find_notes(bytes, segment->p_filesz, segment->p_align, &facts->notes);
    }
  }
}
