/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the proc connector of the kernel tells, as an independent witness of what the agent tells: `fork PARENT CHILD`,
 * `exec PID`, `exit PID CODE` of processes, until SIGTERM; then `lost N`, by gaps of the sequences of the CPUs.
 */
#include <errno.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_CPUS = 4096, RECEIVE_BUFFER_BYTES = 64 << 20 };

static volatile sig_atomic_t stopping;
static void stop(int signal) { stopping = signal; }

static unsigned next[MAX_CPUS];
static unsigned char is_known[MAX_CPUS];
static unsigned long lost;

static void print(const struct cn_msg *message, const struct proc_event *event) {
  if (event->cpu < MAX_CPUS) {
    if (is_known[event->cpu]) lost += message->seq - next[event->cpu];
    is_known[event->cpu] = 1;
    next[event->cpu] = message->seq + 1;
  }
  if (event->what == PROC_EVENT_FORK && event->event_data.fork.child_pid == event->event_data.fork.child_tgid) {
    printf("fork %d %d\n", event->event_data.fork.parent_tgid, event->event_data.fork.child_tgid);
  } else if (event->what == PROC_EVENT_EXEC) {
    printf("exec %d\n", event->event_data.exec.process_tgid);
  } else if (event->what == PROC_EVENT_EXIT && event->event_data.exit.process_pid == event->event_data.exit.process_tgid) {
    printf("exit %d %u\n", event->event_data.exit.process_tgid, event->event_data.exit.exit_code);
  }
}

static int subscribe(void) {
  const int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_CONNECTOR);
  const struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = CN_IDX_PROC};
  const int size = RECEIVE_BUFFER_BYTES;
  struct {
    struct nlmsghdr header;
    struct cn_msg message;
    enum proc_cn_mcast_op operation;
  } __attribute__((packed)) request = {
      .header = {.nlmsg_len = sizeof request, .nlmsg_type = NLMSG_DONE},
      .message = {.id = {CN_IDX_PROC, CN_VAL_PROC}, .len = sizeof request.operation},
      .operation = PROC_CN_MCAST_LISTEN,
  };
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
  if (bind(fd, (const struct sockaddr *)&address, sizeof address) != 0) return -1;
  return send(fd, &request, sizeof request, 0) == (ssize_t)sizeof request ? fd : -1;
}

int main(void) {
  const struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  const int fd = subscribe();
  if (fd < 0) return perror("witness"), 1;
  puts("ready");
  fflush(stdout);
  while (!stopping) {
    char bytes[4096] __attribute__((aligned(8)));
    const ssize_t size = recv(fd, bytes, sizeof bytes, 0);
    if (size < (ssize_t)(NLMSG_HDRLEN + sizeof(struct cn_msg))) continue;
    const struct cn_msg *message = NLMSG_DATA((struct nlmsghdr *)(void *)bytes);
    print(message, (const struct proc_event *)(const void *)message->data);
  }
  printf("lost %lu\n", lost);
  return 0;
}
