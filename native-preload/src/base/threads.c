/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "threads.h"

#include <stddef.h>

/* glibc since 2.32: nonzero until the first thread is created. */
extern const char __libc_single_threaded __attribute__((weak));

bool has_had_no_threads(void) { return &__libc_single_threaded != NULL && __libc_single_threaded != 0; }

bool may_lock_loader(void) { return &__libc_single_threaded != NULL; }

bool is_only_thread(struct scratch *scratch) {
  if (has_had_no_threads()) return true;
  /* A directory for each thread, whose entry ".." is a link to this one, which has two more. */
  enum { LINKS_WITH_ONE_THREAD = 3 };
  return count_links("/proc/self/task", scratch) == LINKS_WITH_ONE_THREAD;
}
