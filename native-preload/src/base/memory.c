/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory.h"

typedef unsigned long __attribute__((may_alias)) aligned_word;

/* `used`: link-time optimization emits calls to these functions after it has removed unused ones. */
#define COMPILER_CALLED __attribute__((used, visibility("hidden"), optimize("no-tree-loop-distribute-patterns")))
#ifdef __clang__
#undef COMPILER_CALLED
#define COMPILER_CALLED __attribute__((used, visibility("hidden"), no_builtin))
#endif

/* The tests link against a libc, which has these four. */
#ifndef OGRT_HOSTED

COMPILER_CALLED void *memcpy(void *restrict to, const void *restrict from, size_t size) {
  copy_bytes(to, from, size);
  return to;
}

COMPILER_CALLED void *memmove(void *to, const void *from, size_t size) {
  unsigned char *out = to;
  const unsigned char *in = from;
  if ((uintptr_t)out <= (uintptr_t)in) {
    for (size_t at = 0; at < size; at++) out[at] = in[at];
  } else {
    for (size_t at = size; at > 0; at--) out[at - 1] = in[at - 1];
  }
  return to;
}

COMPILER_CALLED void *memset(void *to, int byte, size_t size) {
  unsigned char *out = to;
  const uint64_t word = (unsigned char)byte * (~UINT64_C(0) / 0xff);
  for (; size >= sizeof word; size -= sizeof word, out += sizeof word) *(unaligned_u64 *)out = word;
  for (size_t at = 0; at < size; at++) out[at] = (unsigned char)byte;
  return to;
}

COMPILER_CALLED int memcmp(const void *left, const void *right, size_t size) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (size_t at = 0; at < size; at++) {
    if (a[at] != b[at]) return a[at] < b[at] ? -1 : 1;
  }
  return 0;
}

#endif

/* AddressSanitizer checks single bytes and would report reading the rest of the last word as an overrun. */
#define READS_WORDS __attribute__((no_sanitize("address")))

/*
 * The length functions read a word at a time. An aligned word never crosses a page, so the bytes read beyond the end
 * of the text are always mapped. The bytes of the first word before the text are masked out.
 */
static inline unsigned long zero_bytes(unsigned long word) {
  const unsigned long ones = ~0UL / 0xff;
  return (word - ones) & ~word & ones << 7;
}

static inline unsigned long without_bytes_before(unsigned long word, size_t before) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  return before == 0 ? word : word | ~0UL >> (8 * (sizeof word - before));
#else
  return before == 0 ? word : word | ~0UL << (8 * (sizeof word - before));
#endif
}

/* The index of the first zero byte. RISC-V uses a loop, because there __builtin_ctzl calls libgcc. */
static inline size_t first_zero(unsigned long word) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && !defined(__riscv)
  /* The lowest marked byte is the first zero. Marks above it may be false. */
  return (size_t)__builtin_ctzl(zero_bytes(word)) / 8;
#elif __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  size_t at = 0;
  while ((word >> (8 * at) & 0xff) != 0) at++;
  return at;
#else
  size_t at = 0;
  while ((word >> (8 * (sizeof word - 1 - at)) & 0xff) != 0) at++;
  return at;
#endif
}

READS_WORDS size_t text_length(const char *text) {
  const size_t before = (uintptr_t)text % sizeof(unsigned long);
  const aligned_word *at = (const aligned_word *)(const void *)(text - before);
  unsigned long word = without_bytes_before(*at, before);
  while (zero_bytes(word) == 0) word = *++at;
  return (size_t)((const char *)at + first_zero(word) - text);
}

READS_WORDS size_t text_length_within(const char *text, size_t max) {
  if (max == 0) return 0;
  const size_t before = (uintptr_t)text % sizeof(unsigned long);
  const aligned_word *at = (const aligned_word *)(const void *)(text - before);
  unsigned long word = without_bytes_before(*at, before);
  /* Bytes of the text read so far. */
  size_t seen = sizeof word - before;
  while (zero_bytes(word) == 0) {
    if (seen >= max) return max;
    word = *++at;
    seen += sizeof word;
  }
  const size_t length = seen - sizeof word + first_zero(word);
  return length < max ? length : max;
}
