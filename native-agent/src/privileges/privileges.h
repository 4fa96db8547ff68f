/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <linux/capability.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Newer than the headers of some distributions. */
enum { CAPABILITY_PERFMON = 38, CAPABILITY_CHECKPOINT_RESTORE = 40 };

/* The capabilities of this thread. */
uint64_t effective_capabilities(void);
#define CAPABILITY(number) (UINT64_C(1) << (number))

/*
 * What the agent keeps: /proc/PID/{exe,cwd,root,environ,ns} of every user, files that only their owners can read, and
 * /proc/PID/map_files.
 */
#define KEPT_CAPABILITIES \
  (CAPABILITY(CAP_SYS_PTRACE) | CAPABILITY(CAP_DAC_READ_SEARCH) | CAPABILITY(CAPABILITY_CHECKPOINT_RESTORE))

/*
 * Becomes a user, if root, with the capabilities of `kept` that there are, and never more again: no_new_privs. A
 * program that root did not start keeps its user. Must precede other threads.
 */
bool drop_privileges(uid_t uid, gid_t gid, uint64_t kept);
/* Takes the last ones; safe after fork(2). */
bool drop_all_capabilities(void);
