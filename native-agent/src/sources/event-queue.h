/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdint.h>

#include "event.h"

/*
 * Events of all CPUs in the order of their times. A CPU takes the time of a record before it writes it, so an event is
 * due only when it is older than records that may still be on their way.
 */
enum { MAX_PENDING_EVENTS = 1 << 18 };

struct event_queue {
  struct queued_event {
    struct event *event;
    uint64_t sequence; /* keeps events of the same time in the order of their arrival */
  } *heap;
  uint32_t count, capacity;
  uint64_t next_sequence;
};

/* Owns the event. False for one over the limit, which is freed and counted as lost. */
bool event_queue_add(struct event_queue *queue, struct event *event);
/* The oldest event of at most this time, or NULL. */
struct event *event_queue_take(struct event_queue *queue, uint64_t time);
