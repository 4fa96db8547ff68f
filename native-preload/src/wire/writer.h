/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

/*
 * A protobuf writer over memory of fixed size (https://protobuf.dev/programming-guides/encoding/). A field that does
 * not fit is not written at all and sets `overflow`, which stays set; nothing is ever written past `end`.
 *
 * All field numbers of the contract lie between 16 and 2047, so every tag is two bytes long.
 */
struct writer {
  uint8_t *at;
  uint8_t *end;
  bool overflow;
};

void put_number(struct writer *to, unsigned field, uint64_t value);
void put_bytes(struct writer *to, unsigned field, const void *bytes, size_t size);
void put_text(struct writer *to, unsigned field, const char *text);

/*
 * Room for bytes that are produced in place: `open_bytes` writes the tag and returns where up to `*room` bytes may go,
 * `close_bytes` ends the field there. The length takes a fixed two bytes, so `*room` is at most 16383. NULL when not
 * even an empty field fits. The same pair encloses a nested message.
 */
uint8_t *open_bytes(struct writer *to, unsigned field, size_t *room);
void close_bytes(struct writer *to, uint8_t *start, size_t size);
/* As if the field had never been opened. */
void abandon_bytes(struct writer *to, uint8_t *start);

/* Largest size that `open_bytes` offers. */
#define OPEN_BYTES_MAX 16383u

/* A field of bytes takes at most this much more than its bytes, when these are no more than OPEN_BYTES_MAX. */
#define FIELD_OVERHEAD 4u

/* For code that has compared the sum of several fields with the room that is left: writes one, returns where it ends. */
static inline uint8_t *emit_bytes(uint8_t *at, unsigned field, const void *bytes, size_t size) {
  const unsigned tag = field << 3 | 2;
  *at++ = (uint8_t)(tag | 0x80);
  *at++ = (uint8_t)(tag >> 7);
  if (size > 0x7f) {
    *at++ = (uint8_t)(size | 0x80);
    size_t high = size >> 7;
    *at++ = (uint8_t)high;
  } else {
    *at++ = (uint8_t)size;
  }
  copy_bytes(at, bytes, size);
  return at + size;
}
