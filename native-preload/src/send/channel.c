/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel.h"

#include <sys/socket.h>

#include "../base/system.h"
#include "../config.h"

/* ETIMEDOUT, as the kernel's own deadline is EAGAIN. */
enum { DEADLINE_OVER = -110 };

static bool holds(struct channel *channel, long result) {
  if (result < 0) channel->error = result;
  return result >= 0;
}

/* Bounds the next call by what is left of the deadline; false when it is over. */
static bool limit_wait(struct channel *channel) {
  const uint64_t now = clock_nanoseconds(clock_now(CLOCK_STEADY, channel->vdso));
  if (now >= channel->deadline_ns) return holds(channel, DEADLINE_OVER);
  _Static_assert(OGRT_CONFIG_DEADLINE_MS <= 4000, "nanoseconds of the deadline fit 32 bits");
  const uint32_t microseconds = (uint32_t)(channel->deadline_ns - now) / 1000;
  /* Zero would mean for ever. */
  return holds(channel, system_set_send_timeout(channel->descriptor, microseconds == 0 ? 1 : microseconds));
}

static bool start_stream(struct channel *channel) {
  const uint64_t most = OGRT_CONFIG_DEADLINE_MS * 1000000ULL;
  channel->deadline_ns = clock_nanoseconds(clock_now(CLOCK_STEADY, channel->vdso)) + most;
  const struct destination *destination = channel->destination;
  return limit_wait(channel) &&
         holds(channel, system_connect(channel->descriptor, &destination->address, destination->address_size));
}

bool channel_open(struct channel *channel, const struct destination *destination, const void *vdso) {
  *channel = (struct channel){destination, -1, vdso, 0, 0};
  const int type = destination->transport == TRANSPORT_DATAGRAM ? SOCK_DGRAM : SOCK_STREAM;
  channel->descriptor = system_socket(destination->address.any.sa_family, type | SOCK_CLOEXEC);
  if (!holds(channel, channel->descriptor)) return false;
  if (destination->transport == TRANSPORT_DATAGRAM || start_stream(channel)) return true;
  channel_close(channel);
  return false;
}

bool channel_send(struct channel *channel, const void *frame, size_t size) {
  const struct destination *destination = channel->destination;
  if (destination->transport == TRANSPORT_DATAGRAM) {
    return holds(channel, system_send(channel->descriptor, frame, size, MSG_DONTWAIT | MSG_NOSIGNAL,
                                      &destination->address, destination->address_size));
  }
  const char *at = frame;
  while (size > 0) {
    if (!limit_wait(channel)) return false;
    const long sent = system_send(channel->descriptor, at, size, MSG_NOSIGNAL, NULL, 0);
    if (!holds(channel, sent) || sent == 0) return false;
    at += sent;
    size -= (size_t)sent;
  }
  return true;
}

void channel_close(struct channel *channel) {
  if (channel->descriptor >= 0) system_close(channel->descriptor);
  channel->descriptor = -1;
}
