/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "object.h"

#include "../base/memory.h"
#include "../base/system.h"

enum {
  MAX_PROGRAM_HEADERS = 128, /* further ones are ignored; linkers create about a dozen */
  MIN_PAGE_BYTES = 4096,
};

COLD ElfW(Addr) rest_of_any_segment(const struct segments *segments, ElfW(Addr) address) {
  ElfW(Addr) largest = 0;
  for (unsigned i = 0; i < segments->count; i++) {
    const ElfW(Phdr) *segment = &segments->headers[i];
    if (segment->p_type != PT_LOAD || (segment->p_flags & PF_R) == 0) continue;
    const ElfW(Addr) rest = rest_of_segment(segment, address);
    if (rest > largest) largest = rest;
  }
  return largest;
}

/* Nearly all objects have their notes in the page of their program headers, which the loader has read. */
static inline bool is_in_page_of_headers(const struct dl_phdr_info *object, const uint8_t *bytes, size_t size) {
  const uintptr_t headers = (uintptr_t)object->dlpi_phdr, first = (uintptr_t)bytes, last = first + size - 1;
  return ((headers ^ first) | (headers ^ last)) < MIN_PAGE_BYTES;
}

/* Touching a segment beyond the end of a truncated file would kill the program, so other pages are probed first. */
OWN_FRAME static bool can_read_pages(const uint8_t *bytes, size_t size) {
  const uintptr_t last = ((uintptr_t)bytes + size - 1) / MIN_PAGE_BYTES;
  for (uintptr_t page = (uintptr_t)bytes / MIN_PAGE_BYTES; page <= last; page++) {
    if (!system_can_read((const void *)(page * MIN_PAGE_BYTES))) return false;
  }
  return true;
}

static inline void read_notes(const struct dl_phdr_info *object, const ElfW(Phdr) *segment, struct copies *copies,
                              struct note_findings *findings) {
  const uint8_t *bytes = (const uint8_t *)(object->dlpi_addr + segment->p_vaddr);
  size_t size = segment->p_filesz;
  if (size == 0) return;
  if (size > MAX_NOTES_BYTES) {
    size = MAX_NOTES_BYTES;
    findings->segments_cut++;
  }
  if (copies != NULL) {
    bytes = copy_memory(copies, bytes, size);
    if (bytes == NULL) return;
  } else if (!is_in_page_of_headers(object, bytes, size) && !can_read_pages(bytes, size)) {
    return;
  }
  find_notes(bytes, size, segment->p_align, findings);
}

void read_object(const struct dl_phdr_info *object, bool with_soname, struct copies *copies, struct object_facts *facts) {
  facts->notes.build_id.size = 0;
  facts->notes.signature_count = 0;
  facts->notes.segments_cut = 0;
  facts->soname.size = 0;
  struct segments segments = {object->dlpi_phdr, object->dlpi_phnum, NULL};
  if (segments.count > MAX_PROGRAM_HEADERS) segments.count = MAX_PROGRAM_HEADERS;
  const ElfW(Phdr) *const end = segments.headers + segments.count;
  for (const ElfW(Phdr) *segment = segments.headers; segment != end; segment++) {
    const unsigned type = segment->p_type;
    if (type > PT_NOTE) continue; /* about half of them */
    if (type == PT_LOAD) {
      if (segments.first == NULL && (segment->p_flags & PF_R) != 0) segments.first = segment;
    } else if (type == PT_NOTE) {
      if (readable_rest(&segments, segment->p_vaddr) >= segment->p_filesz) {
        read_notes(object, segment, copies, &facts->notes);
      }
    } else if (type == PT_DYNAMIC && with_soname) {
      facts->soname = find_soname(object->dlpi_addr, &segments, segment, copies);
    }
  }
}
