/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* An integer of 1 to 8 bytes in the byte order of a file. */
static inline uint64_t read_field(const uint8_t *bytes, unsigned size, bool little_endian) {
  uint64_t value = 0;
  for (unsigned i = 0; i < size; i++) value = value << 8 | bytes[little_endian ? size - 1 - i : i];
  return value;
}
