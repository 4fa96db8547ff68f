/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the kernel says of a thread that ends, also after SIGKILL (Documentation/accounting/taskstats.rst). */
struct task_end {
  uint32_t pid, tid;        /* pid is 0 before Linux 5.19 */
  bool is_last;             /* the last thread of its process; false before Linux 5.19 */
  uint32_t exit_code;       /* as wait(2) tells it */
  bool has_usage;           /* the kernel tells what follows */
  uint64_t user_us, system_us;
  uint64_t peak_rss_kb;     /* of the address space that ends with it */
  uint64_t read_bytes, written_bytes;     /* from and to storage */
  uint64_t read_chars, written_chars;     /* by read(2), write(2) and the like */
  uint64_t minor_faults, major_faults;
};

/* A socket that receives a message for each thread that ends, or -1 with errno. Needs CAP_NET_ADMIN. */
int taskstats_open(void);
/* Hands over what the socket holds. Losses go to LOSS_TASKSTATS. */
void taskstats_drain(int socket, void (*receive)(void *data, const struct task_end *end), void *data);
/* Counts messages that the kernel dropped. True if there were any since the last call. */
bool taskstats_count_losses(int socket);

/* Reads the netlink messages in a datagram; for the tests. */
void taskstats_read(const void *bytes, size_t size, void (*receive)(void *data, const struct task_end *end), void *data);
