/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../base/clock.h"
#include "destination.h"

/*
 * One way to the collector, opened and closed within one report. A datagram never waits. A stream may wait for the
 * connection and for room in its buffer, OGRT_CONFIG_DEADLINE_MS in all, and never for an answer. The descriptor is
 * closed on exec and is gone again before the program runs on.
 */
struct channel {
  const struct destination *destination;
  long descriptor;
  const void *vdso;
  uint64_t deadline_ns;
  long error; /* negative errno of the call that failed, or 0 */
};

bool channel_open(struct channel *channel, const struct destination *destination, const void *vdso);
bool channel_send(struct channel *channel, const void *frame, size_t size);
void channel_close(struct channel *channel);
