/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "event.h"

/*
 * perf_event_open(2): which processes are forked, executed and ended, and every executable mapping. Each CPU has two
 * rings: one of tasks, which wakes the agent, because arguments must be read while the process lives; and one of
 * mappings, which is read along with it.
 */
struct perf;

/* NULL with errno where the kernel refuses. */
struct perf *perf_open(void);
void perf_close(struct perf *perf);

/* Whether the kernel tells build-ids (Linux 5.12), and lost records by event (Linux 6.0). */
bool perf_has_build_ids(const struct perf *perf);
bool perf_counts_losses(const struct perf *perf);

/* Calls `add` with the descriptors that become readable. */
bool perf_each_descriptor(const struct perf *perf, bool (*add)(void *data, int fd), void *data);

/* Hands over what the rings hold, of each ring in order. The receiver owns the events. */
void perf_drain_tasks(struct perf *perf, void (*receive)(void *data, struct event *event), void *data);
void perf_drain_mappings(struct perf *perf, void (*receive)(void *data, struct event *event), void *data);

/* Adds new losses to LOSS_PERF_RECORDS. True if there were any since the last call. */
bool perf_count_losses(struct perf *perf);
