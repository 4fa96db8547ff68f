/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "object.h"

#include "../base/system.h"

enum {
  SEGMENTS_MAX = 128, /* program headers that are looked at; linkers make about a dozen */
  PAGE_SIZE_MIN = 4096,
};

bool lies_elsewhere(const struct segments *segments, ElfW(Addr) address, ElfW(Addr) size) {
  for (unsigned i = 0; i < segments->count; i++) {
    const ElfW(Phdr) *segment = &segments->headers[i];
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_R) == 0) continue;
    if (segment_holds(segment, address, size)) return true;
  }
  return false;
}

/*
 * A segment may lie behind the end of a file that was cut, and to touch it would kill the program. Nearly all objects
 * have their notes in the page of their program headers, which the loader has read; other pages are tried first.
 */
static bool is_there(const struct dl_phdr_info *object, const uint8_t *bytes, size_t size) {
  const uintptr_t known = (uintptr_t)object->dlpi_phdr / PAGE_SIZE_MIN;
  if (size > NOTES_SIZE_MAX) size = NOTES_SIZE_MAX;
  const uintptr_t last = ((uintptr_t)bytes + size - 1) / PAGE_SIZE_MIN;
  for (uintptr_t page = (uintptr_t)bytes / PAGE_SIZE_MIN; page <= last; page++) {
    if (page != known && !system_can_read((const void *)(page * PAGE_SIZE_MIN))) return false;
  }
  return true;
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
      if (segment->p_filesz == 0 || !is_there(object, bytes, segment->p_filesz)) continue;
      find_notes(bytes, segment->p_filesz, segment->p_align, &facts->notes);
    }
  }
}
