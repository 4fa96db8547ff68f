/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes that grow up to a limit. After `is_full` nothing more is added, and the content is not to be used. */
struct buffer {
  uint8_t *bytes;
  size_t size, space, limit;
  bool is_full;
};

void buffer_clear(struct buffer *buffer);
void buffer_free(struct buffer *buffer);
void buffer_add(struct buffer *buffer, const void *bytes, size_t size);
/* Removes bytes from the front. */
void buffer_consume(struct buffer *buffer, size_t size);
/* `size` bytes of room at the end, or NULL; `buffer->size` does not change. */
uint8_t *buffer_reserve(struct buffer *buffer, size_t size);

/* Big-endian, as in the header of a frame. */
void buffer_add_u32(struct buffer *buffer, uint32_t value);
uint32_t read_u32(const uint8_t *bytes);

/* Fields of protobuf (protobuf.dev, "Encoding"): a varint, a length and bytes. */
void put_varint(struct buffer *buffer, uint32_t field, uint64_t value);
void put_field(struct buffer *buffer, uint32_t field, const void *bytes, size_t size);
void put_string(struct buffer *buffer, uint32_t field, const char *text);
/* A message inside of a message: its fields follow, then `end_message` with what `begin_message` returned. */
size_t begin_message(struct buffer *buffer, uint32_t field);
void end_message(struct buffer *buffer, size_t begun);
/* Reads a varint, and moves `*at` behind it. False if it does not end within `end`. */
bool get_varint(const uint8_t **at, const uint8_t *end, uint64_t *value);
