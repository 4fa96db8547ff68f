/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "threads.h"

extern thread_flag __libc_single_threaded __attribute__((weak));

uintptr_t thread_flag_address(void) { return (uintptr_t)&__libc_single_threaded; }

bool is_only_thread(thread_flag *flag, struct scratch *scratch) {
  if (has_had_no_threads(flag)) return true;
  /* A directory for each thread, whose entry ".." is a link to this one, which has two more. */
  enum { LINKS_WITH_ONE_THREAD = 3 };
  return count_links("/proc/self/task", scratch) == LINKS_WITH_ONE_THREAD;
}
