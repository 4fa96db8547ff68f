/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "image.h"

/*
 * The processes of this host. Events must come in the order of their times; what taskstats says of a thread must have
 * come before its EVENT_EXIT is handled.
 */
enum { MAX_PROCESSES = 1 << 17 };

struct process {
  struct link link;    /* by pid */
  struct image *image; /* NULL: nobody saw its fork, and it has executed nothing since */
  bool is_owner;       /* it executed the image; else it is a fork of one that did */
  bool is_fresh;       /* it has executed its image, and mapped nothing since */
  bool is_kernel;      /* a thread of the kernel, or forked from one */
  bool is_found;       /* marked during a scan */
  uint32_t pid, parent_pid, threads;
  uint64_t started;      /* EVENT_CLOCK, as what follows */
  uint64_t known_until;  /* forks, execs and mappings up to here are part of what was found in /proc */
  uint64_t counted_until; /* threads are counted as of then */
  uint64_t last_exit; /* EVENT_CLOCK: the exit of the thread that taskstats calls the last one, or 0 */
  bool has_exit_code;
  uint32_t exit_code;
  struct usage usage;
};

void processes_init(bool has_two_mapping_records);
void processes_handle(struct event *event);
/* What taskstats has told, before the events that were read along with it. */
void processes_add_task_end(const struct task_end *end);
/* Applies mappings that only one of both events told of, and ends that taskstats told of; called every tick. */
void processes_settle(uint64_t now);
/* Ends a process that is not in /proc any more, with what taskstats has told. */
void process_end_missing(struct process *process, uint64_t now);

struct process *process_find(uint32_t pid);
/*
 * A process that was found in /proc. `image` is the one it shares with its parent, or a new one of its own, whose
 * reference it takes, or NULL for a thread of the kernel.
 */
struct process *process_add_found(uint32_t pid, const struct proc_stat *stat, struct image *image, bool is_owner);
/* Takes the number of threads from /proc. */
void process_count_threads(struct process *process, const struct proc_stat *stat);
/* Gives a process an image that it has executed. Takes the reference. */
void process_replace_image(struct process *process, struct image *image, uint64_t time);
/* Ends an image that another one has replaced, or whose process is not there any more. */
void process_end(struct process *process, uint64_t time, enum end_reason reason);
void process_each(void (*visit)(void *data, struct link *link), void *data);
size_t processes_count(void);
