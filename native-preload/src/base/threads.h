/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file.h"
#include "memory.h"

/*
 * The variable of glibc 2.32 and later that is nonzero until the first thread is created. Any library can export its
 * name, so it counts only where it belongs: in the object that is called libc.so.6 or, copied, in the executable.
 */
typedef const char thread_flag;

static inline bool is_called_libc(const char *path, size_t size) {
  static const char name[] = "/libc.so.6";
  return size >= sizeof name && path[size - 1] == '6' && same_words(path + size + 1 - sizeof name, name, sizeof name - 1);
}

/* Where the loader has found a variable of that name; 0 if nowhere. */
uintptr_t thread_flag_address(void);

/* Whether no thread was ever created. False if that is unknown. Makes no system call. */
static inline bool has_had_no_threads(thread_flag *flag) { return flag != NULL && *flag != 0; }

/*
 * Whether this thread may call dl_iterate_phdr(3) once it is the only one. It may be in a signal handler that has
 * interrupted dlopen(3): the lock of glibc is recursive, that of musl is not.
 */
static inline bool may_lock_loader(thread_flag *flag) { return flag != NULL; }

/* Whether no other thread is running. False if that is unknown. */
bool is_only_thread(thread_flag *flag, struct scratch *scratch);
