/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel.h"

#include <sys/socket.h>

#include "../base/system.h"
#include "../config.h"

/* Bounds the next call by what is left of the deadline; false when it is over. */
static bool limit_wait(const struct channel *channel) {
  const uint64_t now = clock_nanoseconds(clock_now(CLOCK_STEADY, channel->vdso));
  if (now >= channel->deadline_ns) return false;
  _Static_assert(OGRT_CONFIG_DEADLINE_MS <= 4000, "nanoseconds of the deadline fit 32 bits");
  const uint32_t microseconds = (uint32_t)(channel->deadline_ns - now) / 1000;
  /* Zero would mean for ever. */
  return system_set_send_timeout(channel->descriptor, microseconds == 0 ? 1 : microseconds) == 0;
}

static bool start_stream(struct channel *channel) {
  const uint64_t most = OGRT_CONFIG_DEADLINE_MS * 1000000ULL;
  channel->deadline_ns = clock_nanoseconds(clock_now(CLOCK_STEADY, channel->vdso)) + most;
  const struct destination *destination = channel->destination;
  return limit_wait(channel) &&
         system_connect(channel->descriptor, &destination->address, destination->address_size) == 0;
}

bool channel_open(struct channel *channel, const struct destination *destination, const void *vdso) {
  *channel = (struct channel){destination, -1, vdso, 0};
  if (destination->transport == TRANSPORT_NONE) return false;
  const int type = destination->transport == TRANSPORT_DATAGRAM ? SOCK_DGRAM : SOCK_STREAM;
  channel->descriptor = system_socket(destination->address.any.sa_family, type | SOCK_CLOEXEC);
  if (channel->descriptor < 0) return false;
  if (destination->transport == TRANSPORT_DATAGRAM || start_stream(channel)) return true;
  channel_close(channel);
  return false;
}

bool channel_send(struct channel *channel, const void *frame, size_t size) {
  const struct destination *destination = channel->destination;
  if (destination->transport == TRANSPORT_DATAGRAM) {
    const long sent = system_send(channel->descriptor, frame, size, MSG_DONTWAIT | MSG_NOSIGNAL, &destination->address,
                                  destination->address_size);
    return sent == (long)size;
  }
  const char *at = frame;
  while (size > 0) {
    if (!limit_wait(channel)) return false;
    const long sent = system_send(channel->descriptor, at, size, MSG_NOSIGNAL, NULL, 0);
    if (sent <= 0) return false;
    at += sent;
    size -= (size_t)sent;
  }
  return true;
}

void channel_close(struct channel *channel) {
  if (channel->descriptor >= 0) system_close(channel->descriptor);
  channel->descriptor = -1;
}
