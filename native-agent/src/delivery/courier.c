/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "courier.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../base/clock.h"
#include "messages.h"
#include "spool.h"

enum {
  MIN_BACKOFF_MS = 500,
  MAX_BACKOFF_MS = 30000,
  WELCOME_TIMEOUT_MS = 10000,
  PROGRESS_TIMEOUT_MS = 60000, /* without an acknowledgement, another collector is tried */
  SYNC_MS = 1000,
  LINGER_MS = 2000,            /* after the agent has ended, to deliver what it left */
  OUT_BYTES = 256 << 10,       /* what is read from the spool ahead */
  MAX_IN_BYTES = 64 << 10,     /* a frame of a collector */
  FRAME_HEADER_BYTES = 8,
};

enum state { CLOSED, GREETING, OPEN };

struct courier {
  const struct delivery_settings *settings;
  struct spool spool;
  struct buffer channel, out, in;
  struct buffer hello, heartbeat; /* the fields that the agent sent last */
  struct transport transport;
  enum state state;
  unsigned order[MAX_COLLECTORS], tried; /* of the collectors, at random */
  unsigned backoff_ms;
  uint64_t next_attempt, deadline, next_sync, opened; /* EVENT_CLOCK */
  uint8_t epoch[EPOCH_BYTES];                 /* of this connection */
  uint64_t next, acknowledged;                /* sequences */
  struct segment *segment;                    /* that is being sent, and held; or NULL */
  off_t offset;
  char reported[160]; /* the last line on stderr */
};

static uint64_t after(unsigned ms) { return now_ns() + (uint64_t)ms * NS_PER_MS; }

static uint32_t random_below(uint32_t limit) {
  uint32_t value = 0;
  if (getrandom(&value, sizeof value, 0) != sizeof value) value = (uint32_t)now_ns();
  return value % limit;
}

/* The order in which they are tried until each was. */
static void shuffle(struct courier *courier) {
  const unsigned count = courier->settings->collector_count;
  for (unsigned i = 0; i < count; i++) {
    const unsigned j = random_below(i + 1);
    courier->order[i] = courier->order[j];
    courier->order[j] = i;
  }
  courier->tried = 0;
}

static const char *name_of(const struct courier *courier) {
  return courier->settings->collectors[courier->order[courier->tried]].host;
}

/* A line when something changes, not for every attempt. */
static void report(struct courier *courier, const char *sentence) {
  if (strncmp(courier->reported, sentence, sizeof courier->reported - 1) == 0) return;
  snprintf(courier->reported, sizeof courier->reported, "%s", sentence);
  fprintf(stderr, "ogrt-agent: %s: %s\n", name_of(courier), sentence);
}

static void release_segment(struct courier *courier) {
  if (courier->segment != NULL) spool_release(&courier->spool, courier->segment);
  courier->segment = NULL;
}

static void close_connection(struct courier *courier) {
  transport_close(&courier->transport);
  courier->state = CLOSED;
  release_segment(courier);
}

static void disconnect(struct courier *courier, const char *reason) {
  if (courier->state == CLOSED) return;
  const bool was_open = courier->state == OPEN;
  close_connection(courier);
  report(courier, reason);
  /* A collector that welcomes and fails at once is not asked more often than one that is gone. */
  const bool has_lasted = was_open && now_ns() - courier->opened > (uint64_t)MAX_BACKOFF_MS * NS_PER_MS;
  if (has_lasted) courier->backoff_ms = MIN_BACKOFF_MS;
  /* The others are tried at once, but not by all nodes of a collector that ended; then all of them after a pause. */
  if (++courier->tried < courier->settings->collector_count) {
    courier->next_attempt = after(was_open ? random_below(MIN_BACKOFF_MS) : 0);
    return;
  }
  shuffle(courier);
  courier->next_attempt = after(courier->backoff_ms / 2 + random_below(courier->backoff_ms));
  courier->backoff_ms = 2 * courier->backoff_ms < MAX_BACKOFF_MS ? 2 * courier->backoff_ms : MAX_BACKOFF_MS;
}

static void add_frame(struct buffer *out, enum message_type type, const struct buffer *payload) {
  buffer_add_u32(out, type);
  buffer_add_u32(out, (uint32_t)payload->size);
  buffer_add(out, payload->bytes, payload->size);
}

static bool is_same_epoch(const uint8_t a[EPOCH_BYTES], const uint8_t b[EPOCH_BYTES]) {
  return memcmp(a, b, EPOCH_BYTES) == 0;
}

static void add_hello(struct courier *courier) {
  struct buffer hello = {.limit = 16 << 10};
  const struct delivery_settings *settings = courier->settings;
  put_varint(&hello, 1, PROTOCOL_VERSION);
  put_string(&hello, 2, settings->node);
  put_string(&hello, 3, settings->token);
  put_field(&hello, 4, courier->epoch, EPOCH_BYTES);
  put_varint(&hello, 5, courier->next);
  put_field(&hello, 9, courier->spool.epoch, EPOCH_BYTES);
  buffer_add(&hello, courier->hello.bytes, courier->hello.size);
  add_frame(&courier->out, MESSAGE_HELLO, &hello);
  buffer_free(&hello);
}

/* The oldest epoch with records goes first. */
static void connect_next(struct courier *courier) {
  char error[256];
  const struct address *address = &courier->settings->collectors[courier->order[courier->tried]];
  courier->state = GREETING;
  courier->deadline = after(WELCOME_TIMEOUT_MS);
  if (!transport_open(&courier->transport, address, error, sizeof error)) {
    disconnect(courier, error);
    return;
  }
  const struct segment *oldest = spool_undelivered(&courier->spool);
  memcpy(courier->epoch, oldest == NULL ? courier->spool.epoch : oldest->epoch, EPOCH_BYTES);
  courier->next = oldest == NULL ? courier->spool.next_sequence : oldest->acknowledged + 1;
  courier->acknowledged = courier->next - 1;
  buffer_clear(&courier->out);
  buffer_clear(&courier->in);
  add_hello(courier);
}

static void add_heartbeat(struct courier *courier) {
  static struct buffer message = {.limit = 16 << 10};
  const struct spool *spool = &courier->spool;
  if (courier->state != OPEN || courier->heartbeat.size == 0) return;
  buffer_clear(&message);
  buffer_add(&message, courier->heartbeat.bytes, courier->heartbeat.size);
  put_varint(&message, FIELD_RECORDS, spool->next_sequence - 1);
  put_varint(&message, FIELD_SPOOLED_RECORDS, spool_records(spool));
  put_varint(&message, FIELD_SPOOLED_BYTES, (uint64_t)spool->used);
  encode_loss(&message, "spoolFull", spool->full);
  encode_loss(&message, "spoolErrors", spool->failed);
  encode_loss(&message, "spoolDamage", spool->damaged);
  add_frame(&courier->out, MESSAGE_HEARTBEAT, &message);
}

/* Holds the segment with the next record. False if this connection has nothing more to send. */
static bool hold_segment(struct courier *courier) {
  struct segment *segment = spool_hold(&courier->spool, courier->epoch, courier->next);
  if (segment == NULL) {
    if (errno != 0) disconnect(courier, strerror(errno));
    return false;
  }
  courier->segment = segment;
  courier->offset = SEGMENT_HEADER_BYTES;
  if (segment->first <= courier->next) return true;
  /* Records before it are missing: another connection has what follows them. */
  release_segment(courier);
  return false;
}

/* Reads one frame. False if there is nothing to read until the spool grows. */
static bool read_frame(struct courier *courier) {
  const size_t before = courier->out.size;
  uint64_t sequence;
  switch (segment_read(courier->segment, &courier->offset, &courier->out, &sequence)) {
    case FRAME_READ:
      if (sequence != 0 && sequence < courier->next)
        courier->out.size = before;
      else if (sequence != 0)
        courier->next = sequence + 1;
      return true;
    case FRAME_END:
      if (spool_grows(&courier->spool, courier->segment)) return false;
      break;
    case FRAME_DAMAGED:
      report(courier, "a file of the spool is damaged");
      spool_cut(&courier->spool, courier->segment, courier->offset, courier->next);
      break;
    case FRAME_UNREAD:
      disconnect(courier, strerror(ENOMEM));
      return false;
  }
  release_segment(courier);
  return true;
}

/* Reads frames from the spool until there is enough to send. */
static void fill(struct courier *courier) {
  while (courier->state == OPEN && courier->out.size < OUT_BYTES) {
    if (courier->segment == NULL && !hold_segment(courier)) return;
    if (!read_frame(courier)) return;
  }
}

/*
 * A connection has the records of one epoch without gaps: when what it has sent is delivered, another one begins with what
 * follows a gap, or with the next epoch.
 */
static void change_connection(struct courier *courier) {
  if (courier->state != OPEN || courier->acknowledged + 1 < courier->next) return;
  const struct segment *oldest = spool_undelivered(&courier->spool);
  const uint8_t *epoch = oldest == NULL ? courier->spool.epoch : oldest->epoch;
  if (is_same_epoch(epoch, courier->epoch) && (oldest == NULL || oldest->first <= courier->next)) return;
  close_connection(courier);
  courier->next_attempt = now_ns();
}

static void take_acknowledgement(struct courier *courier, uint64_t sequence) {
  if (sequence <= courier->acknowledged) return;
  if (sequence >= courier->next) {
    disconnect(courier, "it acknowledges what was not sent");
    return;
  }
  courier->acknowledged = sequence;
  courier->backoff_ms = MIN_BACKOFF_MS;
  courier->deadline = after(PROGRESS_TIMEOUT_MS);
  spool_acknowledge(&courier->spool, courier->epoch, sequence);
}

/* The first varint field, which both messages begin with, and the bytes of field 2. */
static void take_frame(struct courier *courier, uint32_t type, const uint8_t *payload, size_t size) {
  const uint8_t *at = payload, *end = payload + size;
  uint64_t tag, value, length;
  if (!get_varint(&at, end, &tag) || tag != 1 << 3 || !get_varint(&at, end, &value)) {
    disconnect(courier, "it sent a message that is not valid");
  } else if (type == MESSAGE_ACKNOWLEDGEMENT && courier->state == OPEN) {
    take_acknowledgement(courier, value);
  } else if (type != MESSAGE_WELCOME || courier->state != GREETING) {
    disconnect(courier, "it sent a message out of turn");
  } else if (get_varint(&at, end, &tag) && tag == (2 << 3 | 2) && get_varint(&at, end, &length) &&
             length <= (uint64_t)(end - at) && length > 0) {
    char reason[200];
    snprintf(reason, sizeof reason, "refused: %.*s", (int)(length < 150 ? length : 150), (const char *)at);
    disconnect(courier, reason);
  } else {
    courier->state = OPEN;
    courier->opened = now_ns();
    courier->deadline = after(PROGRESS_TIMEOUT_MS);
    report(courier, "delivers to this collector");
    add_heartbeat(courier);
  }
}

static void receive(struct courier *courier) {
  struct buffer *in = &courier->in;
  while (courier->state != CLOSED) {
    uint8_t *room = buffer_reserve(in, 4096);
    const ssize_t got = room == NULL ? 0 : transport_read(&courier->transport, room, 4096);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) {
      disconnect(courier, courier->state == OPEN ? "the connection ended" : "it closed the connection");
      return;
    }
    in->size += (size_t)got;
    size_t at = 0;
    while (courier->state != CLOSED && in->size - at >= FRAME_HEADER_BYTES) {
      const uint32_t type = read_u32(in->bytes + at), size = read_u32(in->bytes + at + 4);
      if (size > MAX_IN_BYTES / 2) {
        disconnect(courier, "it sent a message that is too long");
        return;
      }
      if (in->size - at - FRAME_HEADER_BYTES < size) break;
      take_frame(courier, type, in->bytes + at + FRAME_HEADER_BYTES, size);
      at += FRAME_HEADER_BYTES + size;
    }
    buffer_consume(in, at);
  }
}

static void transmit(struct courier *courier) {
  while (courier->state != CLOSED) {
    fill(courier);
    if (courier->out.is_full) disconnect(courier, strerror(ENOMEM));
    if (courier->state == CLOSED || courier->out.size == 0) return;
    const ssize_t sent = transport_write(&courier->transport, courier->out.bytes, courier->out.size);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && errno == EAGAIN) return;
    if (sent <= 0) {
      disconnect(courier, strerror(errno));
      return;
    }
    buffer_consume(&courier->out, (size_t)sent);
  }
}

static void keep(struct buffer *buffer, const uint8_t *bytes, size_t size) {
  buffer_clear(buffer);
  buffer_add(buffer, bytes, size);
}

static void take_message(struct courier *courier, uint32_t kind, const uint8_t *first, uint32_t first_size,
                         uint32_t second_size) {
  if (kind == CHANNEL_RECORD) {
    spool_add(&courier->spool, first, first_size, first + first_size, second_size);
  } else if (kind == CHANNEL_HELLO) {
    keep(&courier->hello, first, first_size);
  } else {
    keep(&courier->heartbeat, first, first_size);
    add_heartbeat(courier);
  }
}

/* False when the agent has ended. */
static bool read_channel(struct courier *courier, int fd) {
  struct buffer *channel = &courier->channel;
  uint8_t *room = buffer_reserve(channel, 64 << 10);
  const ssize_t got = room == NULL ? 0 : recv(fd, room, 64 << 10, MSG_DONTWAIT);
  if (got < 0) return errno == EAGAIN || errno == EINTR;
  if (got == 0) return false;
  channel->size += (size_t)got;
  size_t at = 0;
  while (channel->size - at >= CHANNEL_HEADER_BYTES) {
    const uint8_t *header = channel->bytes + at;
    const uint32_t first = read_u32(header + 4), second = read_u32(header + 8);
    if (channel->size - at - CHANNEL_HEADER_BYTES < (size_t)first + second) break;
    take_message(courier, read_u32(header), header + CHANNEL_HEADER_BYTES, first, second);
    at += CHANNEL_HEADER_BYTES + (size_t)first + second;
  }
  buffer_consume(channel, at);
  return true;
}

static int timeout_of(const struct courier *courier, uint64_t now) {
  uint64_t next = now + (uint64_t)SYNC_MS * NS_PER_MS;
  if (courier->state == CLOSED && courier->next_attempt < next) next = courier->next_attempt;
  return next <= now ? 0 : (int)((next - now) / NS_PER_MS) + 1;
}

static void check_deadline(struct courier *courier, uint64_t now) {
  if (courier->state == OPEN && courier->acknowledged + 1 == courier->next) {
    courier->deadline = now + (uint64_t)PROGRESS_TIMEOUT_MS * NS_PER_MS;
  }
  if (courier->state != CLOSED && now > courier->deadline) disconnect(courier, "no answer");
}

static void step(struct courier *courier, struct pollfd ready[2], bool *has_ended) {
  const short wanted = (short)(POLLIN | (courier->out.size > 0 || courier->transport.wants_write ? POLLOUT : 0));
  ready[1] = (struct pollfd){.fd = courier->state == CLOSED ? -1 : courier->transport.fd, .events = wanted};
  if (*has_ended) ready[0].fd = -1;
  poll(ready, 2, timeout_of(courier, now_ns()));
  if (!*has_ended && ready[0].revents != 0) *has_ended = !read_channel(courier, ready[0].fd);
  if (courier->state != CLOSED && ready[1].revents != 0) receive(courier);
  change_connection(courier);
  if (courier->state == CLOSED && courier->hello.size > 0 && now_ns() >= courier->next_attempt) connect_next(courier);
  transmit(courier);
  const uint64_t now = now_ns();
  check_deadline(courier, now);
  if (now < courier->next_sync) return;
  spool_sync(&courier->spool);
  courier->next_sync = now + (uint64_t)SYNC_MS * NS_PER_MS;
}

int run_courier(const struct delivery_settings *settings, int channel) {
  static struct courier courier = {
      .channel = {.limit = 4 << 20}, .out = {.limit = 8 << 20}, .in = {.limit = MAX_IN_BYTES},
      .hello = {.limit = 8192}, .heartbeat = {.limit = 8192}, .transport = {.fd = -1}, .backoff_ms = MIN_BACKOFF_MS};
  courier.settings = settings;
  shuffle(&courier);
  if (!spool_open(&courier.spool, settings->spool, settings->spool_limit)) {
    fprintf(stderr, "ogrt-agent: cannot use the spool %s: %s\n", settings->spool, strerror(errno));
    return 1;
  }
  struct pollfd ready[2] = {{.fd = channel, .events = POLLIN}};
  bool has_ended = false;
  while (!has_ended) step(&courier, ready, &has_ended);
  const uint64_t deadline = after(LINGER_MS);
  while (courier.state != CLOSED && spool_undelivered(&courier.spool) != NULL && now_ns() < deadline) {
    step(&courier, ready, &has_ended);
  }
  spool_close(&courier.spool);
  return 0;
}
