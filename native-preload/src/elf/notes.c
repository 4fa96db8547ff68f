/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notes.h"

#include <stdbool.h>

#include "../base/memory.h"

enum {
  HEADER_SIZE = 12, /* namesz, descsz, type: four bytes each in ELF32 and ELF64 alike */
  TYPE_OGRT = 0x4f475254,
  TYPE_BUILD_ID = 3,
  OGRT_VERSION = 1,
};

static uint32_t word_at(const uint8_t *bytes) { return *(const loose_half *)bytes; }

/* The desc of an OGRT note: a version byte, then the UUID as text, ended by a NUL. */
static void take_signature(const uint8_t *desc, size_t size, struct note_findings *findings) {
  if (size < 2 || desc[0] != OGRT_VERSION) return;
  const uint8_t *text = desc + 1;
  size_t most = size - 1 < SIGNATURE_TEXT_MAX ? size - 1 : SIGNATURE_TEXT_MAX;
  size_t length = 0;
  while (length < most && text[length] != 0) length++;
  if (length == 0) return;
  if (findings->signature_count < SIGNATURES_MAX) {
    findings->signatures[findings->signature_count] = (struct span){text, length};
  }
  findings->signature_count++;
}

static void take_note(uint32_t type, const uint8_t *name, uint32_t name_size, const uint8_t *desc, uint32_t desc_size,
                      struct note_findings *findings) {
  if (type == TYPE_OGRT && name_size == 5 && word_at(name) == word_at((const uint8_t *)"OGRT") && name[4] == 0) {
    take_signature(desc, desc_size, findings);
  } else if (type == TYPE_BUILD_ID && name_size == 4 && word_at(name) == word_at((const uint8_t *)"GNU")) {
    if (findings->build_id.size == 0 && desc_size > 0 && desc_size <= BUILD_ID_MAX) {
      findings->build_id = (struct span){desc, desc_size};
    }
  }
}

/* False when a note claims to be larger than what is left: the alignment was wrong, or the segment is. */
static bool walk(const uint8_t *bytes, size_t size, size_t alignment, struct note_findings *findings) {
  const size_t mask = alignment - 1;
  while (size >= HEADER_SIZE) {
    const uint32_t name_size = word_at(bytes);
    const uint32_t desc_size = word_at(bytes + 4);
    const uint32_t type = word_at(bytes + 8);
    if (name_size > size - HEADER_SIZE) return false;
    const size_t desc_offset = (HEADER_SIZE + (size_t)name_size + mask) & ~mask;
    if (desc_offset > size || desc_size > size - desc_offset) return false;
    take_note(type, bytes + HEADER_SIZE, name_size, bytes + desc_offset, desc_size, findings);
    /* The last note of a segment may lack its padding. */
    const size_t next = (desc_offset + desc_size + mask) & ~mask;
    if (next >= size) return true;
    bytes += next;
    size -= next;
  }
  return true;
}

/*
 * Linkers merge notes of both alignments into one segment, so a walk that goes wrong is done again with the other.
 * What the first walk saw before that point stands only if the second one sees nothing better.
 */
SELDOM static void walk_again(const uint8_t *bytes, size_t size, size_t alignment, const struct note_findings *before,
                              struct note_findings *findings) {
  struct note_findings other = *findings;
  other.signature_count = before->signature_count;
  other.build_id = before->build_id;
  const bool sound = walk(bytes, size, alignment, &other);
  if (sound || other.signature_count > findings->signature_count) *findings = other;
}

void find_notes(const uint8_t *bytes, size_t size, size_t alignment, struct note_findings *findings) {
  if (size > NOTES_SIZE_MAX) size = NOTES_SIZE_MAX;
  const size_t first = alignment == 8 ? 8 : 4;
  struct note_findings before;
  before.signature_count = findings->signature_count;
  before.build_id = findings->build_id;
  if (!walk(bytes, size, first, findings)) walk_again(bytes, size, 12 - first, &before, findings);
}
