/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "taskstats.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/taskstats.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "../base/losses.h"

/* Newer than the headers of some distributions. */
#ifndef AGROUP
#define AGROUP 0x20
#endif
#ifndef SO_MEMINFO
#define SO_MEMINFO 55
#endif
enum { SK_MEMINFO_DROPS_INDEX = 8, SK_MEMINFO_WORDS = 9 };
enum { RECEIVE_BUFFER_BYTES = 4 << 20, MAX_MESSAGE_BYTES = 16 << 10, ANSWER_TIMEOUT_S = 2 };

/* Version 12, of Linux 5.19, adds the process and AGROUP. */
enum { VERSION_WITH_TGID = 12, OFFSET_TGID = 368 };

struct request {
  struct nlmsghdr header;
  struct genlmsghdr generic;
  struct nlattr attribute;
  char value[64];
};

static bool ask(int socket, uint16_t family, uint8_t command, uint16_t attribute, const char *value) {
  const size_t size = strlen(value) + 1;
  struct request request = {
      .header = {.nlmsg_type = family, .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
      .generic = {.cmd = command, .version = 1},
      .attribute = {.nla_type = attribute, .nla_len = (uint16_t)(NLA_HDRLEN + size)},
  };
  if (size > sizeof request.value) return false;
  memcpy(request.value, value, size);
  request.header.nlmsg_len = (uint32_t)(NLMSG_LENGTH(GENL_HDRLEN) + NLA_ALIGN(request.attribute.nla_len));
  return send(socket, &request, request.header.nlmsg_len, 0) == (ssize_t)request.header.nlmsg_len;
}

/* The next attribute in `size` bytes, or NULL. */
static const struct nlattr *attribute_at(const uint8_t *bytes, size_t size) {
  const struct nlattr *attribute = (const struct nlattr *)(const void *)bytes;
  if (size < NLA_HDRLEN || attribute->nla_len < NLA_HDRLEN || attribute->nla_len > size) return NULL;
  return attribute;
}

/* The attribute of this type, with the size of its value, or NULL. */
static const uint8_t *find_attribute(const uint8_t *bytes, size_t size, uint16_t type, size_t *value_size) {
  for (const struct nlattr *at; (at = attribute_at(bytes, size)) != NULL;) {
    if ((at->nla_type & NLA_TYPE_MASK) == type) {
      *value_size = at->nla_len - (size_t)NLA_HDRLEN;
      return bytes + NLA_HDRLEN;
    }
    const size_t step = NLA_ALIGN(at->nla_len);
    if (step >= size) break;
    bytes += step;
    size -= step;
  }
  return NULL;
}

/* The first message in `*size` bytes, which the next call passes over; NULL at the end. */
static const struct nlmsghdr *next_message(const uint8_t **bytes, size_t *size) {
  const struct nlmsghdr *message = (const struct nlmsghdr *)(const void *)*bytes;
  if (*size < sizeof *message || message->nlmsg_len < sizeof *message || message->nlmsg_len > *size) return NULL;
  /* The padding of the last one may be missing. */
  const size_t step = NLMSG_ALIGN(message->nlmsg_len) < *size ? NLMSG_ALIGN(message->nlmsg_len) : *size;
  *bytes += step;
  *size -= step;
  return message;
}

/* Waits for the acknowledgement of a request. `family` takes the id that an answer holds. */
static bool await_answer(int socket, uint16_t *family) {
  union {
    struct nlmsghdr header;
    uint8_t bytes[MAX_MESSAGE_BYTES];
  } answer;
  for (int messages = 0; messages < 64; messages++) {
    const ssize_t received = recv(socket, &answer, sizeof answer, 0);
    if (received < (ssize_t)sizeof answer.header) return false;
    size_t size = (size_t)received;
    const uint8_t *bytes = answer.bytes;
    for (const struct nlmsghdr *at; (at = next_message(&bytes, &size)) != NULL;) {
      const uint8_t *payload = (const uint8_t *)NLMSG_DATA(at);
      if (at->nlmsg_type == NLMSG_ERROR) {
        const int error = NLMSG_PAYLOAD(at, 0) < sizeof(struct nlmsgerr) ? -EPROTO : ((const struct nlmsgerr *)(const void *)payload)->error;
        errno = -error;
        return error == 0;
      }
      if (family == NULL || NLMSG_PAYLOAD(at, 0) < GENL_HDRLEN) continue;
      size_t value_size;
      const uint8_t *value =
          find_attribute(payload + GENL_HDRLEN, NLMSG_PAYLOAD(at, GENL_HDRLEN), CTRL_ATTR_FAMILY_ID, &value_size);
      if (value != NULL && value_size >= sizeof *family) memcpy(family, value, sizeof *family);
    }
  }
  errno = EPROTO;
  return false;
}

static bool listen_to_all(int socket) {
  uint16_t family = 0;
  char cpus[32];
  snprintf(cpus, sizeof cpus, "0-%ld", sysconf(_SC_NPROCESSORS_CONF) - 1);
  if (!ask(socket, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_NAME, TASKSTATS_GENL_NAME)) return false;
  if (!await_answer(socket, &family)) return false;
  if (!ask(socket, family, TASKSTATS_CMD_GET, TASKSTATS_CMD_ATTR_REGISTER_CPUMASK, cpus)) return false;
  return await_answer(socket, NULL);
}

int taskstats_open(void) {
  const int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
  if (descriptor < 0) return -1;
  const int size = RECEIVE_BUFFER_BYTES;
  const struct timeval timeout = {.tv_sec = ANSWER_TIMEOUT_S};
  if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) != 0) {
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, sizeof size);
  }
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  const struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
  if (connect(descriptor, (const struct sockaddr *)&kernel, sizeof kernel) == 0 && listen_to_all(descriptor)) {
    return descriptor;
  }
  const int error = errno;
  close(descriptor);
  errno = error;
  return -1;
}

/*
 * Some kernels around Linux 6.14 have all fields but the first ones elsewhere, without a version of their own. Where
 * the thread is not in its place, the rest is not either.
 */
static struct task_end read_stats(uint32_t tid, const uint8_t *bytes, size_t size) {
  struct taskstats stats = {0};
  struct task_end end = {.tid = tid};
  memcpy(&stats, bytes, size < sizeof stats ? size : sizeof stats);
  end.exit_code = stats.ac_exitcode;
  end.is_last = stats.version >= VERSION_WITH_TGID && (stats.ac_flag & AGROUP) != 0;
  if (stats.ac_pid != tid) return end;
  end.has_usage = true;
  end.user_us = stats.ac_utime;
  end.system_us = stats.ac_stime;
  end.peak_rss_kb = stats.hiwater_rss;
  end.read_bytes = stats.read_bytes;
  end.written_bytes = stats.write_bytes;
  end.read_chars = stats.read_char;
  end.written_chars = stats.write_char;
  end.minor_faults = stats.ac_minflt;
  end.major_faults = stats.ac_majflt;
  if (stats.version >= VERSION_WITH_TGID && size >= OFFSET_TGID + sizeof end.pid) {
    memcpy(&end.pid, bytes + OFFSET_TGID, sizeof end.pid);
  }
  return end;
}

void taskstats_read(const void *bytes, size_t size, void (*receive)(void *data, const struct task_end *end), void *data) {
  const uint8_t *rest = bytes;
  for (const struct nlmsghdr *at; (at = next_message(&rest, &size)) != NULL;) {
    if (at->nlmsg_type < NLMSG_MIN_TYPE || NLMSG_PAYLOAD(at, 0) < GENL_HDRLEN) continue;
    const uint8_t *payload = (const uint8_t *)NLMSG_DATA(at) + GENL_HDRLEN;
    size_t group_size = 0, tid_size = 0, stats_size = 0;
    const uint8_t *group = find_attribute(payload, NLMSG_PAYLOAD(at, GENL_HDRLEN), TASKSTATS_TYPE_AGGR_PID, &group_size);
    if (group == NULL) continue;
    const uint8_t *stats = find_attribute(group, group_size, TASKSTATS_TYPE_STATS, &stats_size);
    const uint8_t *attribute = find_attribute(group, group_size, TASKSTATS_TYPE_PID, &tid_size);
    uint32_t tid;
    if (stats == NULL || attribute == NULL || tid_size < sizeof tid) continue;
    memcpy(&tid, attribute, sizeof tid);
    const struct task_end end = read_stats(tid, stats, stats_size);
    receive(data, &end);
  }
}

void taskstats_drain(int socket, void (*receive)(void *data, const struct task_end *end), void *data) {
  static union {
    struct nlmsghdr header;
    uint8_t bytes[MAX_MESSAGE_BYTES];
  } message;
  for (;;) {
    const ssize_t size = recv(socket, &message, sizeof message, MSG_DONTWAIT);
    /* ENOBUFS tells once that messages were dropped; the counter of the socket tells how many. */
    if (size < 0 && (errno == ENOBUFS || errno == EINTR)) continue;
    if (size <= 0) return;
    taskstats_read(&message, (size_t)size, receive, data);
  }
}

bool taskstats_count_losses(int socket) {
  static uint32_t counted;
  uint32_t words[SK_MEMINFO_WORDS] = {0};
  socklen_t size = sizeof words;
  if (getsockopt(socket, SOL_SOCKET, SO_MEMINFO, words, &size) != 0 || size < sizeof words) return false;
  const uint32_t lost = words[SK_MEMINFO_DROPS_INDEX] - counted;
  counted += lost;
  count_loss(LOSS_TASKSTATS, lost);
  return lost > 0;
}
