/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../identity/rules.h"
#include "root.h"

/* /proc: what the kernel's records do not have. A process may end or execute meanwhile, so all of it may be unknown. */
enum namespace { NS_CGROUP, NS_IPC, NS_MNT, NS_NET, NS_PID, NS_TIME, NS_USER, NS_UTS, NAMESPACES };
extern const char *const namespace_names[NAMESPACES];

/* A text of /proc. `bytes` is NULL if unknown. */
struct proc_text {
  char *bytes;
  size_t size;
  bool is_cut; /* longer than the limit */
};

/* What was read of a process image. */
struct capture {
  uint64_t begun, finished; /* EVENT_CLOCK: an image that was executed or ended in between may not be this one */
  struct proc_text executable, arguments, directory, cgroup;
  bool has_ids;
  uint32_t uid, effective_uid, gid, effective_gid;
  uint32_t parent_pid;
  uint32_t inner_pid;       /* in its own pid namespace */
  bool has_root;
  bool is_in_our_root;      /* sees the files that process 1 sees */
  uint64_t namespaces[NAMESPACES]; /* 0: unknown */
  struct job job;           /* JOB_UNKNOWN if neither cgroup nor environment could be read */
  int executable_fd;        /* of a deleted executable, which only its process can give; or -1 */
  bool has_ended;           /* it was a zombie by then */
  bool is_complete;         /* false: worth another try while the process lives */
};

/* What is the same for all processes. */
struct procfs {
  const struct job_rules *rules;
  uint64_t namespaces[NAMESPACES]; /* of process 1 */
  struct root root;                /* the same */
  long ticks_per_second;
};

void procfs_init(struct procfs *procfs, const struct job_rules *rules);

/*
 * Reads a process. One that is not settled is just being executed: as long as the kernel has not put its arguments in
 * place, nothing is read. NULL without memory.
 */
struct capture *capture_process(const struct procfs *procfs, uint32_t pid, bool is_settled);
void capture_again(const struct procfs *procfs, uint32_t pid, struct capture *capture, bool is_settled);
/*
 * Reads the namespaces, when the process has lived for a while: eight files more cost more than all others, also the
 * process, in whose exit the kernel removes them.
 */
void capture_namespaces(uint32_t pid, struct capture *capture);
/* Gives away executable_fd. */
int capture_take_executable(struct capture *capture);
void capture_free(struct capture *capture);

/* /proc/PID/stat. False if there is no such process. */
struct proc_stat {
  uint32_t parent_pid, threads, flags;
  char state;
  uint64_t start; /* EVENT_CLOCK, in steps of a tick */
  char name[64];
};
enum { STAT_FLAG_FORKED_ONLY = 0x40, STAT_FLAG_KERNEL_THREAD = 0x200000 }; /* PF_FORKNOEXEC, PF_KTHREAD */
bool procfs_stat(const struct procfs *procfs, uint32_t pid, struct proc_stat *stat);
