/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "channel.h"

#include <sys/socket.h>

#include "../base/memory.h"
#include "../base/system.h"
#include "../config.h"

static bool succeeded(struct channel *channel, long result) {
  if (result < 0) channel->error = result;
  return result >= 0;
}

/* Limits the next call to the time left before the deadline. False if none is left: then the call must not wait. */
static bool limit_wait(const struct channel *channel) {
  _Static_assert(OGRT_CONFIG_STREAM_DEADLINE_MS <= 4000, "the deadline in nanoseconds must fit 32 bits");
  const uint64_t now = clock_nanoseconds(clock_now(CLOCK_STEADY, channel->vdso));
  const uint32_t microseconds = now < channel->deadline_ns ? (uint32_t)(channel->deadline_ns - now) / 1000 : 0;
  /* A timeout of zero means no timeout. */
  return microseconds > 0 && system_set_send_timeout(channel->descriptor, microseconds) == 0;
}

static bool start_stream(struct channel *channel) {
  const uint64_t budget_ns = OGRT_CONFIG_STREAM_DEADLINE_MS * 1000000ULL;
  channel->deadline_ns = clock_nanoseconds(clock_now(CLOCK_STEADY, channel->vdso)) + budget_ns;
  const struct destination *destination = channel->destination;
  return succeeded(channel, system_set_send_timeout(channel->descriptor, OGRT_CONFIG_STREAM_DEADLINE_MS * 1000U)) &&
         succeeded(channel, system_connect(channel->descriptor, &destination->address, destination->address_size));
}

OWN_FRAME bool channel_open(struct channel *channel, const struct destination *destination, const void *vdso) {
  *channel = (struct channel){.destination = destination, .descriptor = -1, .vdso = vdso};
  const int type = destination->transport == TRANSPORT_DATAGRAM ? SOCK_DGRAM : SOCK_STREAM;
  channel->descriptor = system_socket(destination->address.any.sa_family, type | SOCK_CLOEXEC);
  if (!succeeded(channel, channel->descriptor)) return false;
  if (destination->transport == TRANSPORT_DATAGRAM || start_stream(channel)) return true;
  return false;
}

OWN_FRAME bool channel_send(struct channel *channel, const void *frame, size_t size) {
  const struct destination *destination = channel->destination;
  if (destination->transport == TRANSPORT_DATAGRAM) {
    return succeeded(channel, system_send(channel->descriptor, frame, size, MSG_DONTWAIT | MSG_NOSIGNAL,
                                      &destination->address, destination->address_size));
  }
  const char *at = frame;
  while (size > 0) {
    /* After the deadline, send without waiting: the process may be late because it waited for the CPU. */
    const int flags = limit_wait(channel) ? MSG_NOSIGNAL : MSG_NOSIGNAL | MSG_DONTWAIT;
    const long sent = system_send(channel->descriptor, at, size, flags, NULL, 0);
    if (!succeeded(channel, sent) || sent == 0) return false;
    at += sent;
    size -= (size_t)sent;
  }
  return true;
}

void channel_close(struct channel *channel) {
  if (channel->descriptor >= 0) system_close(channel->descriptor);
  channel->descriptor = -1;
}
