/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdint.h>
#include <time.h>

/* The clock of all events: CLOCK_BOOTTIME, which /proc/PID/stat counts in as well. */
#define EVENT_CLOCK CLOCK_BOOTTIME

enum { NS_PER_MS = 1000000, NS_PER_US = 1000 };
#define NS_PER_S UINT64_C(1000000000)

static inline uint64_t clock_ns(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (uint64_t)time.tv_sec * NS_PER_S + (uint64_t)time.tv_nsec;
}

static inline uint64_t now_ns(void) { return clock_ns(EVENT_CLOCK); }

/* What CLOCK_REALTIME shows at a time of EVENT_CLOCK. */
static inline uint64_t real_time(uint64_t time) { return time + clock_ns(CLOCK_REALTIME) - now_ns(); }
