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
size_t text_length(const char *text);
/* Length up to the first `stop`, or of all without it. */
size_t text_length_to(const char *text, char stop);

typedef uint64_t __attribute__((may_alias, aligned(1))) unaligned_u64;
typedef uint32_t __attribute__((may_alias, aligned(1))) unaligned_u32;

/*
 * Other processors copy words: their vectors are lowered to code with large frames, and their frames are larger anyway,
 * so that what x86-64 inlines for speed would take more stack than the library may use.
 */
#if defined(__SSE2__) && defined(__LP64__)
typedef uint64_t __attribute__((vector_size(16), may_alias, aligned(1))) unaligned_block;
#define INLINE_IF_STACK_ALLOWS __attribute__((always_inline)) static inline
static inline uint64_t fold_block(unaligned_block sum) { return sum[0] * 0x9e3779b97f4a7c15 + sum[1]; }
#else
typedef unaligned_u64 unaligned_block;
#define INLINE_IF_STACK_ALLOWS OWN_FRAME static
static inline uint64_t fold_block(unaligned_block sum) { return sum * 0x9e3779b97f4a7c15; }
#endif

/* The last word or block overlaps the one before it, so no bytes remain. */

/* memcpy for mostly short data such as texts and build-ids. */
static inline void copy_bytes(uint8_t *to, const void *from, size_t size) {
  const uint8_t *in = from;
  if (size >= sizeof(unaligned_block)) {
    const size_t last = size - sizeof(unaligned_block);
    for (size_t at = 0; at < last; at += sizeof(unaligned_block)) {
      *(unaligned_block *)(to + at) = *(const unaligned_block *)(in + at);
    }
    *(unaligned_block *)(to + last) = *(const unaligned_block *)(in + last);
  } else if (size >= sizeof(unaligned_u64)) {
    const size_t last = size - sizeof(unaligned_u64);
    *(unaligned_u64 *)to = *(const unaligned_u64 *)in;
    *(unaligned_u64 *)(to + last) = *(const unaligned_u64 *)(in + last);
  } else {
    for (size_t at = 0; at < size; at++) to[at] = in[at];
  }
}

/* By reference: passing vectors by value depends on the processor. */
static inline void add_block(unaligned_block *sum, uint8_t *to, const uint8_t *from) {
  const unaligned_block block = *(const unaligned_block *)from;
  if (to != NULL) *(unaligned_block *)to = block;
  *sum = (*sum << 9 | *sum >> 55) + block;
}

/* Copies like copy_bytes unless `to` is NULL, and returns a hash that is not safe against an attacker. */
__attribute__((always_inline)) static inline uint64_t copy_and_hash(uint8_t *to, const void *from, size_t size) {
  const uint8_t *in = from;
  if (size < sizeof(unaligned_block)) {
    uint64_t sum = size;
    for (size_t at = 0; at < size; at++) {
      if (to != NULL) to[at] = in[at];
      sum = (sum << 9 | sum >> 55) + in[at];
    }
    return sum;
  }
  unaligned_block sum = {size};
  const size_t last = size - sizeof sum;
  for (size_t at = 0; at < last; at += sizeof sum) add_block(&sum, to == NULL ? NULL : to + at, in + at);
  add_block(&sum, to == NULL ? NULL : to + last, in + last);
  return fold_block(sum);
}

/* Stops at the first difference, so that either text may end there. */
static inline bool same_bytes(const void *left, const void *right, size_t size) {
  const unsigned char *a = left;
  const unsigned char *b = right;
  for (size_t i = 0; i < size; i++) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

/* Like same_bytes, but reads all of both. */
static inline bool same_words(const void *left, const void *right, size_t size) {
  const uint8_t *a = left;
  const uint8_t *b = right;
  if (size < sizeof(unaligned_u64)) return same_bytes(a, b, size);
  const size_t last = size - sizeof(unaligned_u64);
  for (size_t at = 0; at < last; at += sizeof(unaligned_u64)) {
    if (*(const unaligned_u64 *)(a + at) != *(const unaligned_u64 *)(b + at)) return false;
  }
  return *(const unaligned_u64 *)(a + last) == *(const unaligned_u64 *)(b + last);
}
