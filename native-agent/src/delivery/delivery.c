/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "delivery.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "../base/clock.h"
#include "../base/losses.h"
#include "../privileges/filter.h"
#include "../privileges/privileges.h"
#include "courier.h"
#include "messages.h"

/* What the other process has not read yet: seconds of a slow disk. */
enum {
  MAX_WAITING_BYTES = 16 << 20,
  /* The other process may be trying a collector, and then takes a moment to deliver. */
  END_TIMEOUT_MS = 20000,
};
enum hello_field { HELLO_VERSION = 6, HELLO_KERNEL = 7, HELLO_FEATURE = 8 };

static int channel = -1;
static bool is_broken;
static uint64_t begun;
static struct buffer waiting = {.limit = MAX_WAITING_BYTES};

bool delivery_prepare(const struct delivery_settings *settings, uid_t user, gid_t group) {
  struct stat status;
  if (mkdir(settings->spool, 0700) != 0 && errno != EEXIST) return false;
  if (stat(settings->spool, &status) != 0) return false;
  return geteuid() != 0 || (status.st_uid == user && status.st_gid == group) || chown(settings->spool, user, group) == 0;
}

bool delivery_start(const struct delivery_settings *settings, uid_t user, gid_t group) {
  int ends[2];
  if (!transport_prepare(settings->authorities)) return false;
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
  const pid_t pid = fork();
  if (pid < 0) return false;
  if (pid == 0) {
    close(ends[0]);
    /* The agent ends first, and what it hands over at its end is kept. */
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    if (!drop_privileges(user, group, 0)) _exit(1);
    if (filter_is_supported() && !filter_delivery()) _exit(1);
    _exit(run_courier(settings, ends[1]));
  }
  close(ends[1]);
  channel = ends[0];
  begun = now_ns();
  return true;
}

bool delivery_flush(void) {
  while (waiting.size > 0 && !is_broken) {
    const ssize_t sent = send(channel, waiting.bytes, waiting.size, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0)
      buffer_consume(&waiting, (size_t)sent);
    else if (sent < 0 && errno == EINTR)
      continue;
    else if (sent < 0 && errno == EAGAIN)
      break;
    else
      is_broken = true;
  }
  return !is_broken;
}

/* False if there is no room: the message is not sent, not even a part of it. */
static bool hand_over(enum channel_kind kind, const struct buffer *first, const struct buffer *second) {
  if (first->is_full || second->is_full) return false;
  if (waiting.size + CHANNEL_HEADER_BYTES + first->size + second->size > waiting.limit) return false;
  buffer_add_u32(&waiting, kind);
  buffer_add_u32(&waiting, (uint32_t)first->size);
  buffer_add_u32(&waiting, (uint32_t)second->size);
  buffer_add(&waiting, first->bytes, first->size);
  buffer_add(&waiting, second->bytes, second->size);
  if (waiting.is_full) {
    /* Without memory a part of it may be there. */
    is_broken = true;
    return false;
  }
  return true;
}

static const struct buffer nothing;

void delivery_greet(const struct perf *perf, bool has_taskstats) {
  static struct buffer hello = {.limit = 4096};
  struct utsname system;
  const uint64_t capabilities = effective_capabilities();
  const struct {
    bool is_there;
    const char *name;
  } features[] = {
      {perf_has_build_ids(perf), "buildIds"},
      {perf_counts_losses(perf), "exactLosses"},
      {has_taskstats, "exitStates"},
      {(capabilities & CAPABILITY(CAP_SYS_PTRACE)) != 0, "allProcesses"},
      {(capabilities & CAPABILITY(CAP_DAC_READ_SEARCH)) != 0, "allFiles"},
      {(capabilities & CAPABILITY(CAPABILITY_CHECKPOINT_RESTORE)) != 0, "deletedFiles"},
      {filter_is_supported(), "filtered"},
  };
  put_string(&hello, HELLO_VERSION, OGRT_AGENT_VERSION);
  if (uname(&system) == 0) put_string(&hello, HELLO_KERNEL, system.release);
  for (size_t i = 0; i < sizeof features / sizeof *features; i++) {
    if (features[i].is_there) put_string(&hello, HELLO_FEATURE, features[i].name);
  }
  hand_over(CHANNEL_HELLO, &hello, &nothing);
  delivery_heartbeat();
}

enum record_result delivery_write(enum record_kind kind, const struct image *image, const struct procfs *procfs) {
  static struct buffer shared = {.limit = MAX_SHARED_BYTES}, record = {.limit = MAX_RECORD_BYTES};
  buffer_clear(&shared);
  buffer_clear(&record);
  if (kind == RECORD_OF_START)
    encode_start(&shared, &record, image, procfs);
  else
    encode_end(&record, image, kind == RECORD_OF_FORKS);
  if (hand_over(CHANNEL_RECORD, &shared, &record)) return RECORD_WRITTEN;
  return is_broken ? RECORD_UNREAD : RECORD_LOST;
}

bool delivery_heartbeat(void) {
  static struct buffer heartbeat = {.limit = 8192};
  buffer_clear(&heartbeat);
  encode_heartbeat(&heartbeat, (now_ns() - begun) / NS_PER_S);
  hand_over(CHANNEL_HEARTBEAT, &heartbeat, &nothing);
  return delivery_flush();
}

bool delivery_end(void) {
  const uint64_t deadline = now_ns() + (uint64_t)END_TIMEOUT_MS * NS_PER_MS;
  uint8_t byte;
  delivery_heartbeat();
  while (delivery_flush() && waiting.size > 0 && now_ns() < deadline) {
    struct pollfd ready = {.fd = channel, .events = POLLOUT};
    poll(&ready, 1, 100);
  }
  const bool is_complete = waiting.size == 0 && !is_broken;
  if (!is_complete) fprintf(stderr, "ogrt-agent: the last records, %zu bytes, are lost\n", waiting.size);
  /* It ends when everything is kept; a service manager may kill it when this process, the main one, has ended. */
  shutdown(channel, SHUT_WR);
  while (recv(channel, &byte, sizeof byte, MSG_DONTWAIT) < 0 && errno == EAGAIN && now_ns() < deadline) {
    struct pollfd ready = {.fd = channel, .events = POLLIN};
    poll(&ready, 1, 100);
  }
  close(channel);
  return is_complete;
}
