/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdint.h>

struct timestamp {
  uint64_t seconds;
  uint32_t nanoseconds;
};

enum clock { CLOCK_WALL = 0, CLOCK_STEADY = 1 }; /* CLOCK_REALTIME, CLOCK_MONOTONIC */

/* `vdso` is where the kernel mapped its own shared object (AT_SYSINFO_EHDR), or NULL: then a system call is made. */
struct timestamp clock_now(enum clock clock, const void *vdso);

uint64_t clock_milliseconds(struct timestamp time);
uint64_t clock_nanoseconds(struct timestamp time);
