/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include "../base/memory.h"

enum { WIRE_VARINT = 0, WIRE_BYTES = 2, TAG_SIZE = 2, VARINT_MAX_SIZE = 10, OPEN_LENGTH_SIZE = 2 };

static bool room_for(struct writer *to, size_t size) {
  if (size <= (size_t)(to->end - to->at)) return true;
  to->overflow = true;
  return false;
}

static void tag(struct writer *to, unsigned field, unsigned type) {
  unsigned value = field << 3 | type;
  to->at[0] = (uint8_t)(value | 0x80);
  to->at[1] = (uint8_t)(value >> 7);
  to->at += TAG_SIZE;
}

static void varint(struct writer *to, uint64_t value) {
  while (value > 0x7f) {
    *to->at++ = (uint8_t)(value | 0x80);
    value >>= 7;
  }
  *to->at++ = (uint8_t)value;
}

void put_number(struct writer *to, unsigned field, uint64_t value) {
  if (!room_for(to, TAG_SIZE + VARINT_MAX_SIZE)) return;
  tag(to, field, WIRE_VARINT);
  varint(to, value);
}

void put_bytes(struct writer *to, unsigned field, const void *bytes, size_t size) {
  /* The kernel bounds one argument to 128 KiB, so the sum cannot wrap. */
  if (!room_for(to, TAG_SIZE + VARINT_MAX_SIZE + size)) return;
  tag(to, field, WIRE_BYTES);
  varint(to, size);
  copy_bytes(to->at, bytes, size);
  to->at += size;
}

void put_text(struct writer *to, unsigned field, const char *text) { put_bytes(to, field, text, text_length(text)); }

uint8_t *open_bytes(struct writer *to, unsigned field, size_t *room) {
  if (!room_for(to, TAG_SIZE + OPEN_LENGTH_SIZE)) return NULL;
  tag(to, field, WIRE_BYTES);
  to->at += OPEN_LENGTH_SIZE;
  *room = (size_t)(to->end - to->at);
  if (*room > OPEN_BYTES_MAX) *room = OPEN_BYTES_MAX;
  return to->at;
}

void close_bytes(struct writer *to, uint8_t *start, size_t size) {
  /* A varint may have more bytes than it needs; all decoders accept this. */
  start[-2] = (uint8_t)(size | 0x80);
  start[-1] = (uint8_t)(size >> 7);
  to->at = start + size;
}

void abandon_bytes(struct writer *to, uint8_t *start) { to->at = start - OPEN_LENGTH_SIZE - TAG_SIZE; }
