/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdint.h>

/* Writes a number without leading zeros, as the kernel writes addresses, and returns its end. */
static inline char *write_hexadecimal(char *to, uintptr_t number) {
  unsigned digits = 1;
  for (uintptr_t rest = number >> 4; rest != 0; rest >>= 4) digits++;
  for (unsigned i = digits; i-- > 0;) *to++ = "0123456789abcdef"[number >> (4 * i) & 15];
  return to;
}
