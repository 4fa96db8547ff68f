/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "object.h"

enum { SEGMENTS_MAX = 128 }; /* program headers that are looked at; linkers make about a dozen */

bool lies_elsewhere(const struct segments *segments, ElfW(Addr) address, ElfW(Addr) size) {
  for (unsigned i = 0; i < segments->count; i++) {
    const ElfW(Phdr) *segment = &segments->headers[i];
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_R) == 0) continue;
    if (segment_holds(segment, address, size)) return true;
  }
  return false;
}

void read_object(const struct dl_phdr_info *object, bool with_soname, struct object_facts *facts) {
  facts->notes.build_id.size = 0;
  facts->notes.signature_count = 0;
  facts->soname.size = 0;
  struct segments segments = {object->dlpi_phdr, object->dlpi_phnum, NULL};
  if (segments.count > SEGMENTS_MAX) segments.count = SEGMENTS_MAX;
  const ElfW(Phdr) *const end = segments.headers + segments.count;
  for (const ElfW(Phdr) *segment = segments.headers; segment != end; segment++) {
    if (segment->p_type == PT_LOAD) {
      if (segments.first == NULL && (segment->p_flags & PF_R) != 0) segments.first = segment;
    } else if (segment->p_type == PT_DYNAMIC) {
      if (with_soname) facts->soname = find_soname(object->dlpi_addr, &segments, segment);
    } else if (segment->p_type == PT_NOTE && lies_in_segment(&segments, segment->p_vaddr, segment->p_filesz)) {
      const uint8_t *bytes = (const uint8_t *)(object->dlpi_addr + segment->p_vaddr);
      find_notes(bytes, segment->p_filesz, segment->p_align, &facts->notes);
    }
  }
}
