/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "object.h"

#include "../base/system.h"

enum {
  MAX_PROGRAM_HEADERS = 128, /* further ones are ignored; linkers create about a dozen */
  MIN_PAGE_BYTES = 4096,
};

bool any_segment_holds(const struct segments *segments, ElfW(Addr) address, ElfW(Addr) size) {
  for (unsigned i = 0; i < segments->count; i++) {
    const ElfW(Phdr) *segment = &segments->headers[i];
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_R) == 0) continue;
    if (segment_holds(segment, address, size)) return true;
  }
  return false;
}

/*
 * Touching a segment beyond the end of a truncated file would kill the program. Nearly all objects have their notes
 * in the page of their program headers, which the loader has read. Other pages are probed first.
 */
static bool is_readable(const struct dl_phdr_info *object, const uint8_t *bytes, size_t size) {
  const uintptr_t read_page = (uintptr_t)object->dlpi_phdr / MIN_PAGE_BYTES;
  const uintptr_t last = ((uintptr_t)bytes + size - 1) / MIN_PAGE_BYTES;
  for (uintptr_t page = (uintptr_t)bytes / MIN_PAGE_BYTES; page <= last; page++) {
    if (page != read_page && !system_can_read((const void *)(page * MIN_PAGE_BYTES))) return false;
  }
  return true;
}

void read_object(const struct dl_phdr_info *object, bool with_soname, struct copies *copies, struct object_facts *facts) {
  facts->notes.build_id.size = 0;
  facts->notes.signature_count = 0;
  facts->soname.size = 0;
  struct segments segments = {object->dlpi_phdr, object->dlpi_phnum, NULL};
  if (segments.count > MAX_PROGRAM_HEADERS) segments.count = MAX_PROGRAM_HEADERS;
  const ElfW(Phdr) *const end = segments.headers + segments.count;
  for (const ElfW(Phdr) *segment = segments.headers; segment != end; segment++) {
    if (segment->p_type == PT_LOAD) {
      if (segments.first == NULL && (segment->p_flags & PF_R) != 0) segments.first = segment;
    } else if (segment->p_type == PT_DYNAMIC) {
      if (with_soname) facts->soname = find_soname(object->dlpi_addr, &segments, segment, copies);
    } else if (segment->p_type == PT_NOTE && object_holds(&segments, segment->p_vaddr, segment->p_filesz)) {
      const uint8_t *bytes = (const uint8_t *)(object->dlpi_addr + segment->p_vaddr);
      const size_t size = segment->p_filesz < MAX_NOTES_BYTES ? segment->p_filesz : MAX_NOTES_BYTES;
      if (size == 0) continue;
      if (copies != NULL) {
        bytes = copy_memory(copies, bytes, size);
      } else if (!is_readable(object, bytes, size)) {
        bytes = NULL;
      }
      if (bytes != NULL) find_notes(bytes, size, segment->p_align, &facts->notes);
    }
  }
}
