/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/*
 * Reads an unsigned decimal number of at most `max` and moves `*at` behind it. Inlined, because most callers pass a
 * constant `max`.
 */
__attribute__((always_inline)) static inline bool parse_decimal(const char **at, uint32_t max, uint32_t *value) {
  const char *text = *at;
  uint64_t number = 0;
  for (unsigned digit; (digit = (unsigned)*text - '0') <= 9; text++) {
    number = number * 10 + digit;
    if (number > max) return false;
  }
  if (text == *at) return false;
  *at = text;
  *value = (uint32_t)number;
  return true;
}
