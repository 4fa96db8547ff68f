/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include "../base/memory.h"

enum { TAG_BYTES = 2, MAX_VARINT_BYTES = 10 };

static bool room_for(struct writer *to, size_t size) {
  if (size <= (size_t)(to->end - to->at)) return true;
  to->skipped++;
  return false;
}

static void varint(struct writer *to, uint64_t value) {
  while (value > 0x7f) {
    *to->at++ = (uint8_t)(value | 0x80);
    value >>= 7;
  }
  *to->at++ = (uint8_t)value;
}

/* Not inlined: it has many callers, and each copy would be larger than the call. */
__attribute__((noinline)) void put_number(struct writer *to, unsigned field, uint64_t value) {
  if (!room_for(to, TAG_BYTES + MAX_VARINT_BYTES)) return;
  to->at = emit_tag(to->at, field, WIRE_VARINT);
  varint(to, value);
}

void put_bytes(struct writer *to, unsigned field, const void *bytes, size_t size) {
  /* The kernel limits one argument to 128 KiB, so the sum cannot overflow. */
  if (!room_for(to, TAG_BYTES + MAX_VARINT_BYTES + size)) return;
  to->at = emit_tag(to->at, field, WIRE_BYTES);
  varint(to, size);
  copy_bytes(to->at, bytes, size);
  to->at += size;
}

OWN_FRAME void put_text(struct writer *to, unsigned field, const char *text) { put_bytes(to, field, text, text_length(text)); }

OWN_FRAME void put_name(struct writer *to, unsigned field, const char *text) {
  const size_t size = text_length(text);
  if (size <= MAX_NAME_BYTES) put_bytes(to, field, text, size);
  else to->skipped++;
}

uint8_t *open_bytes(struct writer *to, unsigned field, size_t *room) {
  if (!room_for(to, TAG_BYTES + SIZE_BYTES)) return NULL;
  to->at = emit_tag(to->at, field, WIRE_BYTES);
  to->at += SIZE_BYTES;
  *room = (size_t)(to->end - to->at);
  if (*room > MAX_OPEN_FIELD_BYTES) *room = MAX_OPEN_FIELD_BYTES;
  return to->at;
}

void close_bytes(struct writer *to, uint8_t *start, size_t size) {
  /* Decoders accept a varint with more bytes than it needs. */
  start[-2] = (uint8_t)(size | 0x80);
  start[-1] = (uint8_t)(size >> 7);
  to->at = start + size;
}

void abandon_bytes(struct writer *to, uint8_t *start) { to->at = start - SIZE_BYTES - TAG_BYTES; }
