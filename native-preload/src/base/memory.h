/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The four string functions that this library needs, its own because it links against no libc. They are hidden, so
 * calls that the compiler slips in (GCC may emit memcpy, memmove, memset and memcmp even when freestanding) bind here.
 */
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *left, const void *right, size_t size);

/* Seldom or once in a process: made small, not fast. */
#define SELDOM __attribute__((cold, noinline))

/* Length of NUL-terminated text. */
size_t text_length(const char *text);
/* The same for text of which no more than `most` bytes may be looked at; `most` when there is no NUL among them. */
size_t text_length_within(const char *text, size_t most);

typedef uint64_t __attribute__((may_alias, aligned(1))) loose_word;
typedef uint32_t __attribute__((may_alias, aligned(1))) loose_half;

/* memcpy for what is mostly short: texts and build-ids. */
static inline void copy_bytes(uint8_t *to, const void *from, size_t size) {
  const uint8_t *in = from;
  if (size >= sizeof(loose_word)) {
    /* The last word overlaps the one before, so no tail is left over. */
    const size_t last = size - sizeof(loose_word);
    for (size_t at = 0; at < last; at += sizeof(loose_word)) *(loose_word *)(to + at) = *(const loose_word *)(in + at);
    *(loose_word *)(to + last) = *(const loose_word *)(in + last);
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
