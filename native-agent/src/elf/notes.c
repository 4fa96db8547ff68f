/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notes.h"

#include <string.h>

#include "bytes.h"

enum { NOTE_HEADER_BYTES = 12, NOTE_TYPE_OGRT = 0x4f475254, NOTE_TYPE_BUILD_ID = 3, OGRT_NOTE_VERSION = 1 };

/* The descriptor of an OGRT note is a version byte and the UUID as NUL-terminated text. */
static void add_signature(struct notes *notes, const uint8_t *descriptor, size_t size) {
  if (size < 1 + SIGNATURE_BYTES || descriptor[0] != OGRT_NOTE_VERSION) return;
  if (memchr(descriptor + 1, '\0', SIGNATURE_BYTES) != NULL) return;
  if (notes->signature_count < MAX_SIGNATURES) {
    memcpy(notes->signatures[notes->signature_count], descriptor + 1, SIGNATURE_BYTES);
  }
  notes->signature_count++;
}

static void add_note(struct notes *notes, uint32_t type, const uint8_t *name, size_t name_size,
                     const uint8_t *descriptor, size_t size) {
  if (type == NOTE_TYPE_OGRT && name_size == 5 && memcmp(name, "OGRT", 5) == 0) {
    add_signature(notes, descriptor, size);
  } else if (type == NOTE_TYPE_BUILD_ID && name_size == 4 && memcmp(name, "GNU", 4) == 0) {
    if (notes->build_id_size > 0 || size == 0 || size > MAX_BUILD_ID_BYTES) return;
    memcpy(notes->build_id, descriptor, size);
    notes->build_id_size = (uint32_t)size;
  }
}

/* False if a note extends beyond the end: the alignment is wrong, or the segment is malformed. */
static bool walk(struct notes *notes, const uint8_t *bytes, size_t size, size_t alignment, bool little) {
  const size_t mask = alignment - 1;
  while (size >= NOTE_HEADER_BYTES) {
    const size_t name_size = (size_t)read_field(bytes, 4, little);
    const size_t descriptor_size = (size_t)read_field(bytes + 4, 4, little);
    const uint32_t type = (uint32_t)read_field(bytes + 8, 4, little);
    if (name_size > size - NOTE_HEADER_BYTES) return false;
    const size_t start = (NOTE_HEADER_BYTES + name_size + mask) & ~mask;
    if (start > size || descriptor_size > size - start) return false;
    add_note(notes, type, bytes + NOTE_HEADER_BYTES, name_size, bytes + start, descriptor_size);
    /* The last note of a segment may lack its padding. */
    const size_t next = (start + descriptor_size + mask) & ~mask;
    if (next >= size) return true;
    bytes += next;
    size -= next;
  }
  return true;
}

/*
 * Linkers merge notes of both alignments into one segment, so a failed walk is repeated with the other alignment. That
 * of more signatures counts.
 */
void notes_add(struct notes *notes, const uint8_t *bytes, size_t size, uint64_t alignment, bool little_endian) {
  const size_t first = alignment == 8 ? 8 : 4;
  struct notes found = *notes, other = *notes;
  const bool is_whole = walk(&found, bytes, size, first, little_endian);
  const bool is_better = !is_whole && (walk(&other, bytes, size, 12 - first, little_endian) ||
                                       other.signature_count > found.signature_count);
  *notes = is_better ? other : found;
}
