/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "buffer.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SPACE = 1024, VARINT = 0, BYTES = 2, MAX_VARINT_BYTES = 10, LENGTH_BYTES = 4 };

void buffer_clear(struct buffer *buffer) {
  buffer->size = 0;
  buffer->is_full = false;
}

void buffer_free(struct buffer *buffer) {
  free(buffer->bytes);
  *buffer = (struct buffer){.limit = buffer->limit};
}

uint8_t *buffer_reserve(struct buffer *buffer, size_t size) {
  if (buffer->is_full) return NULL;
  if (size > buffer->limit - buffer->size) {
    buffer->is_full = true;
    return NULL;
  }
  if (size > buffer->space - buffer->size) {
    size_t space = buffer->space == 0 ? FIRST_SPACE : buffer->space;
    while (space - buffer->size < size) space *= 2;
    uint8_t *bytes = realloc(buffer->bytes, space);
    if (bytes == NULL) {
      buffer->is_full = true;
      return NULL;
    }
    buffer->bytes = bytes;
    buffer->space = space;
  }
  return buffer->bytes + buffer->size;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t size) {
  uint8_t *at = buffer_reserve(buffer, size);
  if (at == NULL || size == 0) return;
  memcpy(at, bytes, size);
  buffer->size += size;
}

void buffer_consume(struct buffer *buffer, size_t size) {
  memmove(buffer->bytes, buffer->bytes + size, buffer->size - size);
  buffer->size -= size;
}

void buffer_add_u32(struct buffer *buffer, uint32_t value) {
  const uint8_t bytes[] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8), (uint8_t)value};
  buffer_add(buffer, bytes, sizeof bytes);
}

uint32_t read_u32(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void add_varint(struct buffer *buffer, uint64_t value) {
  uint8_t bytes[MAX_VARINT_BYTES];
  size_t size = 0;
  for (; value > 0x7f; value >>= 7) bytes[size++] = (uint8_t)(value | 0x80);
  bytes[size++] = (uint8_t)value;
  buffer_add(buffer, bytes, size);
}

void put_varint(struct buffer *buffer, uint32_t field, uint64_t value) {
  add_varint(buffer, (uint64_t)field << 3 | VARINT);
  add_varint(buffer, value);
}

void put_field(struct buffer *buffer, uint32_t field, const void *bytes, size_t size) {
  add_varint(buffer, (uint64_t)field << 3 | BYTES);
  add_varint(buffer, size);
  buffer_add(buffer, bytes, size);
}

void put_string(struct buffer *buffer, uint32_t field, const char *text) { put_field(buffer, field, text, strlen(text)); }

size_t begin_message(struct buffer *buffer, uint32_t field) {
  add_varint(buffer, (uint64_t)field << 3 | BYTES);
  /* Room for any length; what is not needed is removed at the end. */
  static const uint8_t nothing[LENGTH_BYTES];
  buffer_add(buffer, nothing, LENGTH_BYTES);
  return buffer->size;
}

void end_message(struct buffer *buffer, size_t begun) {
  if (buffer->is_full) return;
  const size_t size = buffer->size - begun;
  uint8_t length[LENGTH_BYTES];
  size_t count = 0;
  size_t rest = size;
  for (; rest > 0x7f && count < LENGTH_BYTES - 1; rest >>= 7) length[count++] = (uint8_t)(rest | 0x80);
  length[count++] = (uint8_t)rest;
  uint8_t *at = buffer->bytes + begun - LENGTH_BYTES;
  memcpy(at, length, count);
  memmove(at + count, buffer->bytes + begun, size);
  buffer->size -= LENGTH_BYTES - count;
}

bool get_varint(const uint8_t **at, const uint8_t *end, uint64_t *value) {
  *value = 0;
  for (unsigned shift = 0; shift < 7 * MAX_VARINT_BYTES; shift += 7) {
    if (*at >= end) return false;
    const uint8_t byte = *(*at)++;
    if (shift < 64) *value |= (uint64_t)(byte & 0x7f) << shift;
    if (byte < 0x80) return true;
  }
  return false;
}
