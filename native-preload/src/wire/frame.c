/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "frame.h"

struct writer frame_writer(uint8_t *memory, size_t size) {
  return (struct writer){memory + FRAME_HEADER_BYTES, memory + size, 0};
}

static void put_big_endian(uint8_t *to, uint32_t value) {
  to[0] = (uint8_t)(value >> 24);
  to[1] = (uint8_t)(value >> 16);
  to[2] = (uint8_t)(value >> 8);
  to[3] = (uint8_t)value;
}

size_t frame_finish(uint8_t *memory, const struct writer *payload, uint32_t type) {
  const size_t size = (size_t)(payload->at - memory);
  put_big_endian(memory, type);
  put_big_endian(memory + 4, (uint32_t)(size - FRAME_HEADER_BYTES));
  return size;
}
