/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "memory.h"

/* `used`: under link-time optimisation the calls appear only after unused functions are gone. */
#define KEPT __attribute__((used, visibility("hidden"), optimize("no-tree-loop-distribute-patterns")))
#ifdef __clang__
#undef KEPT
#define KEPT __attribute__((used, visibility("hidden"), no_builtin))
#endif

typedef uint64_t __attribute__((may_alias, aligned(1))) loose_word;
typedef unsigned long __attribute__((may_alias)) aligned_word;

KEPT void *memcpy(void *restrict to, const void *restrict from, size_t size) {
  unsigned char *out = to;
  const unsigned char *in = from;
  if (size >= sizeof(loose_word)) {
    /* The last word overlaps the one before, so no tail is left over. */
    size_t last = size - sizeof(loose_word);
    for (size_t at = 0; at < last; at += sizeof(loose_word)) *(loose_word *)(out + at) = *(const loose_word *)(in + at);
    *(loose_word *)(out + last) = *(const loose_word *)(in + last);
    return to;
  }
  for (size_t at = 0; at < size; at++) out[at] = in[at];
  return to;
}

KEPT void *memmove(void *to, const void *from, size_t size) {
  unsigned char *out = to;
  const unsigned char *in = from;
  if ((uintptr_t)out <= (uintptr_t)in) {
    for (size_t at = 0; at < size; at++) out[at] = in[at];
  } else {
    for (size_t at = size; at > 0; at--) out[at - 1] = in[at - 1];
  }
  return to;
}

KEPT void *memset(void *to, int byte, size_t size) {
  unsigned char *out = to;
  for (size_t at = 0; at < size; at++) out[at] = (unsigned char)byte;
  return to;
}

KEPT int memcmp(const void *left, const void *right, size_t size) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (size_t at = 0; at < size; at++) {
    if (a[at] != b[at]) return a[at] < b[at] ? -1 : 1;
  }
  return 0;
}

/*
 * A word at a time. An aligned word never crosses into another page, so the bytes read beyond the NUL are always
 * mapped; the bytes before the text are masked out.
 */
size_t text_length(const char *text) {
  const unsigned long ones = ~0UL / 0xff;
  const unsigned long highs = ones << 7;
  const size_t before = (uintptr_t)text % sizeof(unsigned long);
  const aligned_word *at = (const aligned_word *)(const void *)(text - before);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  unsigned long word = *at | (before == 0 ? 0 : ~0UL >> (8 * (sizeof(long) - before)));
#else
  unsigned long word = *at | (before == 0 ? 0 : ~0UL << (8 * (sizeof(long) - before)));
#endif
  while (((word - ones) & ~word & highs) == 0) word = *++at;
  const char *end = (const char *)at;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  /* The lowest marked byte is the first zero; marks above it may be false, none below. */
  return (size_t)(end - text) + (size_t)__builtin_ctzl((word - ones) & ~word & highs) / 8;
#else
  if ((const char *)at < text) end = text;
  while (*end != '\0') end++;
  return (size_t)(end - text);
#endif
}
