/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Copies of memory that another thread may unmap at any moment, such as an object that it closes while the process
 * ends. A copy fails where reading in place would kill the program.
 */
struct copies {
  uint8_t *at, *end;
  int32_t process_id;
  bool alone;   /* no other thread has ever run: what is mapped stays mapped */
  bool decided; /* whether the next one is set */
  bool probing; /* instead of process_vm_readv(2), for which a seccomp filter may kill the caller */
};

/* The copy of `size` bytes, valid until `at` is set back, or NULL. */
void *copy_memory(struct copies *copies, const void *from, size_t size);

/* The copy of NUL-terminated text with at most `max` bytes, or NULL. */
const char *copy_text(struct copies *copies, const char *from, size_t max, size_t *size);
