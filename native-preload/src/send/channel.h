/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../base/clock.h"
#include "destination.h"

/*
 * A connection to the collector for one report. Sending a datagram never waits. A stream waits for the connection and
 * for buffer space, at most OGRT_CONFIG_STREAM_DEADLINE_MS in total, and never for an answer. The descriptor is
 * close-on-exec and is closed before the program continues.
 */
struct channel {
  const struct destination *destination;
  long descriptor;
  const void *vdso;
  uint64_t deadline_ns;
  unsigned frames; /* sent */
  size_t bytes;
  long error; /* negative errno of the call that failed, or 0 */
};

bool channel_open(struct channel *channel, const struct destination *destination, const void *vdso);
bool channel_send(struct channel *channel, const void *frame, size_t size);
void channel_close(struct channel *channel);
