/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

#include "../processes/records.h"
#include "../sources/perf.h"
#include "transport.h"

/*
 * Delivery to a collector. A process of its own, without capabilities, keeps the spool and the connection: what hangs or
 * is hostile there does not reach the one that hears the kernel. That one hands its records over through a socket pair.
 */
enum { MAX_COLLECTORS = 16, MAX_TOKEN_BYTES = 256, MAX_NODE_BYTES = 254 };

struct delivery_settings {
  struct address collectors[MAX_COLLECTORS];
  unsigned collector_count;
  char token[MAX_TOKEN_BYTES], node[MAX_NODE_BYTES];
  const char *spool;       /* a directory */
  off_t spool_limit;       /* bytes */
  const char *authorities; /* PEM file, or NULL */
};

/* Makes the directory of the spool if it is missing, and gives it to the user of the agent. */
bool delivery_prepare(const struct delivery_settings *settings, uid_t user, gid_t group);
/* Starts the process; before the agent opens anything. */
bool delivery_start(const struct delivery_settings *settings, uid_t user, gid_t group);
/* Says what the agent sees, before everything else. */
void delivery_greet(const struct perf *perf, bool has_taskstats);
/* Hands a record over. */
enum record_result delivery_write(enum record_kind kind, const struct image *image, const struct procfs *procfs);
/* False when the process has ended. */
bool delivery_heartbeat(void);
bool delivery_flush(void);
/* Waits until everything is handed over and the process has ended, for a moment. False if records are lost. */
bool delivery_end(void);
