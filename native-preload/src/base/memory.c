/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory.h"

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
 * Reads a block at a time. An aligned block never crosses a page, so the bytes read beyond the end of the text are
 * always mapped. The bytes of the first block before the text are masked out.
 */
#if defined(__SSE2__) && defined(__LP64__)

/* The texts of a record are a tenth of its instructions with 16 bytes at a time, a fifth with 8. */
typedef char block __attribute__((vector_size(16), may_alias));
typedef unsigned marks;
#define EVERY_BYTE ((block){0} + 1)

/* A bit for each zero byte. */
static inline marks zero_bytes(block bytes) { return (marks)__builtin_ia32_pmovmskb128(bytes == (block){0}); }
static inline marks without_marks_before(marks found, size_t before) { return found >> before << before; }
static inline size_t first_mark(marks found) { return (size_t)__builtin_ctz(found); }

#else

typedef unsigned long __attribute__((may_alias)) block;
typedef unsigned long marks;
#define EVERY_BYTE (~0UL / 0xff)

/* The highest bit of each zero byte. */
static inline marks zero_bytes(block bytes) {
  const unsigned long low = ~0UL / 0xff * 0x7f;
  return ~(((bytes & low) + low) | bytes | low);
}

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
static inline marks without_marks_before(marks found, size_t before) { return found >> (8 * before) << (8 * before); }
#else
static inline marks without_marks_before(marks found, size_t before) { return found << (8 * before) >> (8 * before); }
#endif

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && !defined(__riscv)
static inline size_t first_mark(marks found) { return (size_t)__builtin_ctzl(found) / 8; }
#else
/* Without __builtin_ctzl, which calls libgcc on RISC-V. */
static inline size_t first_mark(marks found) {
  size_t at = 0;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  while ((found >> (8 * at) & 0xff) == 0) at++;
#else
  while ((found >> (8 * (sizeof found - 1 - at)) & 0xff) == 0) at++;
#endif
  return at;
}
#endif

#endif

/* Of a text that ends with NUL only. */
#define NO_STOP (EVERY_BYTE * 0)

static inline marks stops(block bytes, block stop) { return zero_bytes(bytes) | zero_bytes(bytes ^ stop); }

__attribute__((always_inline)) READS_WORDS static inline size_t length_until(const char *text, block stop, size_t max) {
  const size_t before = (uintptr_t)text % sizeof(block);
  const block *at = (const block *)(const void *)(text - before);
  marks found = without_marks_before(stops(*at, stop), before);
  /* Bytes of the text before this block; of the first block, minus `before`. */
  size_t seen = 0 - before;
  while (found == 0) {
    seen += sizeof(block);
    if (seen >= max) return max;
    found = stops(*++at, stop);
  }
  const size_t length = seen + first_mark(found);
  return length < max ? length : max;
}

READS_WORDS size_t text_length(const char *text) { return length_until(text, NO_STOP, SIZE_MAX); }

READS_WORDS size_t text_length_within(const char *text, size_t max) {
  return max == 0 ? 0 : length_until(text, NO_STOP, max);
}

READS_WORDS size_t text_length_to(const char *text, char stop) { return length_until(text, EVERY_BYTE * stop, SIZE_MAX); }
