/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdint.h>

/* Everything that the agent knows it did not see or could not keep, by reason and in the unit of the reason. */
enum loss {
  LOSS_PERF_RECORDS,      /* records that did not fit a buffer of the kernel */
  LOSS_TASKSTATS,         /* messages that did not fit the socket */
  LOSS_EVENTS,            /* events without memory, or over MAX_PENDING_EVENTS */
  LOSS_ORDER,             /* events that came when later ones had been handled */
  LOSS_PROCESSES,         /* processes over MAX_PROCESSES */
  LOSS_OBJECTS,           /* objects over the limits of an image or of the cache */
  LOSS_EXIT_STATES,       /* ends whose exit state no message told */
  LOSS_UNKNOWN_PARENTS,   /* processes whose fork nobody saw */
  LOSS_RECORDS,           /* records that did not fit a line */
  LOSS_REASONS
};

extern uint64_t losses[LOSS_REASONS];
extern const char *const loss_names[LOSS_REASONS];

static inline void count_loss(enum loss reason, uint64_t count) { losses[reason] += count; }
