/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Replacements for the libc functions that GCC may call even in freestanding code. They are hidden, so calls that the
 * compiler generates bind to them.
 */
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);

/* Keeps a function out of its caller, whose frame stays on the stack while others run. */
#define OWN_FRAME __attribute__((noinline))

/* For code that runs rarely: optimized for size. */
#define COLD __attribute__((cold, noinline))

/* Like strnlen(3): the length of text, or `max` if none of `max` bytes is NUL. */
size_t text_length_within(const char *text, size_t max);
/* Length of NUL-terminated text. */
static inline size_t text_length(const char *text) { return text_length_within(text, SIZE_MAX); }

typedef uint64_t __attribute__((may_alias, aligned(1))) unaligned_u64;
typedef uint32_t __attribute__((may_alias, aligned(1))) unaligned_u32;

/* memcpy for mostly short data such as texts and build-ids. */
static inline void copy_bytes(uint8_t *to, const void *from, size_t size) {
  const uint8_t *in = from;
  if (size >= sizeof(unaligned_u64)) {
    /* The last word overlaps the one before it, so no bytes remain. */
    const size_t last = size - sizeof(unaligned_u64);
    for (size_t at = 0; at < last; at += sizeof(unaligned_u64)) {
      *(unaligned_u64 *)(to + at) = *(const unaligned_u64 *)(in + at);
    }
    *(unaligned_u64 *)(to + last) = *(const unaligned_u64 *)(in + last);
  } else {
    for (size_t at = 0; at < size; at++) to[at] = in[at];
  }
}

static inline bool same_bytes(const void *left, const void *right, size_t size) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (size_t i = 0; i < size; i++) {
    if (a[i] != b[i]) return false;
  }
  return true;
}
