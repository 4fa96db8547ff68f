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
  bool decided; /* whether the next one is set */
  bool probing; /* a seccomp filter is in force, which may kill a caller of process_vm_readv(2) */
};

/* The copy of `size` bytes, valid until `at` is set back, or NULL. */
const void *copy_memory(struct copies *copies, const void *from, size_t size);

/* The copy of NUL-terminated text with at most `max` bytes, or NULL. */
const char *copy_text(struct copies *copies, const char *from, size_t max, size_t *size);
