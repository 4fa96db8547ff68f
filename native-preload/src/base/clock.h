/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdint.h>

struct timestamp {
  uint64_t seconds;
  uint32_t nanoseconds;
};

enum clock { CLOCK_WALL = 0, CLOCK_STEADY = 1 }; /* CLOCK_REALTIME, CLOCK_MONOTONIC */

/* `vdso` is the address of the vDSO (AT_SYSINFO_EHDR). If it is NULL, this makes a system call. */
struct timestamp clock_now(enum clock clock, const void *vdso);

uint64_t clock_milliseconds(struct timestamp time);
uint64_t clock_nanoseconds(struct timestamp time);
