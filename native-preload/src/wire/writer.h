/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

/*
 * Writes protobuf (https://protobuf.dev/programming-guides/encoding/) into memory of fixed size. A field that does
 * not fit is omitted and counted in `skipped`. Nothing is written past `end`.
 *
 * All field numbers lie between 16 and 2047, so every tag has two bytes.
 */
struct writer {
  uint8_t *at;
  uint8_t *end;
  unsigned skipped;
};

void put_number(struct writer *to, unsigned field, uint64_t value);
void put_bytes(struct writer *to, unsigned field, const void *bytes, size_t size);
void put_text(struct writer *to, unsigned field, const char *text);

/* The name of a job, a user, a host or the like: the collector rejects a frame with a longer one, so it is omitted. */
enum { MAX_NAME_BYTES = 1024 };
void put_name(struct writer *to, unsigned field, const char *text);

/*
 * For bytes that are produced in place, and for nested messages: `open_bytes` writes the tag and returns the place
 * for up to `*room` bytes, or NULL if not even an empty field fits. `close_bytes` writes the length, which takes two
 * bytes, so that `*room` is at most MAX_OPEN_FIELD_BYTES.
 */
uint8_t *open_bytes(struct writer *to, unsigned field, size_t *room);
void close_bytes(struct writer *to, uint8_t *start, size_t size);
/* Undoes `open_bytes`. */
void abandon_bytes(struct writer *to, uint8_t *start);

#define MAX_OPEN_FIELD_BYTES 16383u
enum { SIZE_BYTES = 2 };

/* Size of the tag and length of a field of at most MAX_OPEN_FIELD_BYTES. */
#define FIELD_OVERHEAD_BYTES 4u

enum wire_type { WIRE_VARINT = 0, WIRE_BYTES = 2 };

typedef uint16_t __attribute__((may_alias, aligned(1))) unaligned_u16;

static inline uint8_t *emit_tag(uint8_t *at, unsigned field, enum wire_type type) {
  const unsigned tag = field << 3 | type, low = (tag & 0x7f) | 0x80, high = tag >> 7;
  *(unaligned_u16 *)at = (uint16_t)(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? low | high << 8 : low << 8 | high);
  return at + sizeof(unaligned_u16);
}

/* Sizes up to MAX_OPEN_FIELD_BYTES. */
static inline uint8_t *emit_size(uint8_t *at, size_t size) {
  if (size > 0x7f) {
    *at++ = (uint8_t)(size | 0x80);
    *at++ = (uint8_t)(size >> 7);
  } else {
    *at++ = (uint8_t)size;
  }
  return at;
}

/* Writes a field without a bounds check, for callers that have checked the size of several fields. Returns its end. */
static inline uint8_t *emit_bytes(uint8_t *at, unsigned field, const void *bytes, size_t size) {
  at = emit_size(emit_tag(at, field, WIRE_BYTES), size);
  copy_bytes(at, bytes, size);
  return at + size;
}
