/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notes.h"

#include <stdbool.h>

#include "../base/memory.h"

enum {
  NOTE_HEADER_BYTES = 12, /* namesz, descsz, type: four bytes each in ELF32 and ELF64 alike */
  NOTE_TYPE_OGRT = 0x4f475254,
  NOTE_TYPE_BUILD_ID = 3,
  OGRT_NOTE_VERSION = 1,
};

static uint32_t word_at(const uint8_t *bytes) { return *(const unaligned_u32 *)bytes; }

/* The desc of an OGRT note is a version byte and the UUID as NUL-terminated text. */
static void add_signature(const uint8_t *desc, size_t size, struct note_findings *findings) {
  if (size < 2 || desc[0] != OGRT_NOTE_VERSION) return;
  const uint8_t *text = desc + 1;
  const size_t max = size - 1 < MAX_SIGNATURE_BYTES ? size - 1 : MAX_SIGNATURE_BYTES;
  size_t length = 0;
  while (length < max && text[length] != 0) length++;
  if (length == 0) return;
  if (findings->signature_count < MAX_SIGNATURES) {
    findings->signatures[findings->signature_count] = (struct span){text, length};
  }
  findings->signature_count++;
}

static void add_note(uint32_t type, const uint8_t *name, uint32_t name_size, const uint8_t *desc, uint32_t desc_size,
                      struct note_findings *findings) {
  if (type == NOTE_TYPE_OGRT && name_size == 5 && word_at(name) == word_at((const uint8_t *)"OGRT") && name[4] == 0) {
    add_signature(desc, desc_size, findings);
  } else if (type == NOTE_TYPE_BUILD_ID && name_size == 4 && word_at(name) == word_at((const uint8_t *)"GNU")) {
    if (findings->build_id.size == 0 && desc_size > 0 && desc_size <= MAX_BUILD_ID_BYTES) {
      findings->build_id = (struct span){desc, desc_size};
    }
  }
}

/* False if a note extends beyond the end: the alignment is wrong, or the segment is malformed. */
INLINE_IF_STACK_ALLOWS bool walk(const uint8_t *bytes, size_t size, size_t alignment, struct note_findings *findings) {
  const size_t mask = alignment - 1;
  while (size >= NOTE_HEADER_BYTES) {
    const uint32_t name_size = word_at(bytes);
    const uint32_t desc_size = word_at(bytes + 4);
    const uint32_t type = word_at(bytes + 8);
    if (name_size > size - NOTE_HEADER_BYTES) return false;
    const size_t desc_offset = (NOTE_HEADER_BYTES + (size_t)name_size + mask) & ~mask;
    if (desc_offset > size || desc_size > size - desc_offset) return false;
    add_note(type, bytes + NOTE_HEADER_BYTES, name_size, bytes + desc_offset, desc_size, findings);
    /* The last note of a segment may lack its padding. */
    const size_t next = (desc_offset + desc_size + mask) & ~mask;
    if (next >= size) return true;
    bytes += next;
    size -= next;
  }
  return true;
}

/*
 * Linkers merge notes of both alignments into one segment, so a failed walk is repeated with the other alignment. Its
 * findings replace those of the first walk if it succeeds or finds more signatures. The first walk is repeated
 * otherwise, because two sets of findings would need more stack than the library may use.
 */
void find_notes(const uint8_t *bytes, size_t size, size_t alignment, struct note_findings *findings) {
  const size_t first = alignment == 8 ? 8 : 4;
  const unsigned count = findings->signature_count;
  const bool had_build_id = findings->build_id.size != 0;
  unsigned found = 0;
  for (unsigned attempt = 0;; attempt++) {
    if (walk(bytes, size, attempt == 1 ? 12 - first : first, findings) || attempt == 2) return;
    if (attempt == 1 && findings->signature_count > found) return;
    found = findings->signature_count;
    findings->signature_count = count;
    if (!had_build_id) findings->build_id.size = 0;
  }
}
