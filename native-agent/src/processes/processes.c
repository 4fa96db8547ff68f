/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "processes.h"

#include <stdlib.h>

#include "../base/clock.h"
#include "../base/losses.h"
#include "mappings.h"
#include "records.h"
#include "task-ends.h"

/* An end that taskstats told of waits this long for the exits of the threads. */
enum { LAST_EXIT_DELAY_S = 1 };

static struct table table;

struct process *process_find(uint32_t pid) { return (struct process *)table_find(&table, pid); }
void process_each(void (*visit)(void *data, struct link *link), void *data) { table_each(&table, visit, data); }
size_t processes_count(void) { return table.count; }

static struct process *add_process(uint32_t pid, uint32_t parent_pid, uint64_t started) {
  struct process *process = table.count >= MAX_PROCESSES ? NULL : calloc(1, sizeof *process);
  if (process == NULL || !table_add(&table, &process->link, pid)) {
    free(process);
    count_loss(LOSS_PROCESSES, 1);
    return NULL;
  }
  process->pid = pid;
  process->parent_pid = parent_pid;
  process->started = started;
  process->threads = 1;
  return process;
}

static void share_image(struct process *process, struct image *image) {
  process->image = image_hold(image);
  process->is_owner = false;
  image->forks.running++;
}

static void count_fork_end(struct forks *forks, const struct process *process) {
  forks->running--;
  forks->ended++;
  forks->user_us += process->usage.user_us;
  forks->system_us += process->usage.system_us;
  if (!process->has_exit_code)
    forks->unknown++;
  else if ((process->exit_code & 0x7f) != 0)
    forks->killed++;
  else if (process->exit_code != 0)
    forks->failed++;
}

static void leave_image(struct process *process, uint64_t time, enum end_reason reason) {
  struct image *image = process->image;
  process->image = NULL;
  if (image == NULL) return;
  if (process->is_owner) {
    image->has_ended = true;
    image->end = (struct image_end){.time = time, .reason = reason};
    if (reason == END_EXIT) {
      image->end.has_exit_code = process->has_exit_code;
      image->end.exit_code = process->exit_code;
      image->end.usage = process->usage;
    }
    records_end(image);
  } else if (reason == END_EXEC) {
    image->forks.running--;
  } else {
    count_fork_end(&image->forks, process);
  }
  if (!process->is_owner && image->has_ended && image->forks.running == 0) records_forks(image);
  image_release(image);
}

void process_end(struct process *process, uint64_t time, enum end_reason reason) {
  mappings_apply_of(process->pid);
  if (reason == END_EXIT && !process->has_exit_code && !process->is_kernel) count_loss(LOSS_EXIT_STATES, 1);
  leave_image(process, time, reason);
  table_remove(&table, &process->link);
  free(process);
}

static void handle_fork(const struct event *event) {
  struct process *process = process_find(event->pid);
  task_ends_forget(event->tid, event->time);
  if (event->pid == event->parent_pid) { /* a thread */
    if (process != NULL && event->time > process->counted_until) process->threads++;
    return;
  }
  if (process != NULL) {
    if (event->time <= process->known_until) return;
    process_end(process, event->time, END_LOST);
  }
  const struct process *parent = process_find(event->parent_pid);
  process = add_process(event->pid, event->parent_pid, event->time);
  if (process == NULL) return;
  process->is_kernel = parent != NULL && parent->is_kernel;
  if (parent != NULL && parent->image != NULL)
    share_image(process, parent->image);
  else if (!process->is_kernel)
    count_loss(LOSS_UNKNOWN_PARENTS, 1);
}

/* What was read in /proc while the process executed the next image may be of that one. */
static void doubt_capture(struct image *image, uint64_t time) {
  if (image->capture == NULL || image->existed || time > image->capture->finished) return;
  image_doubt_capture(image);
}

void process_replace_image(struct process *process, struct image *image, uint64_t time) {
  leave_image(process, time, END_EXEC);
  process->image = image;
  process->is_owner = true;
  process->is_kernel = false;
  process->is_fresh = true;
  process->has_exit_code = false;
}

static void handle_exec(struct event *event) {
  struct process *process = process_find(event->pid);
  mappings_apply_of(event->pid);
  if (process != NULL && event->time <= process->known_until) return;
  if (process == NULL) {
    process = add_process(event->pid, event->capture == NULL ? 0 : event->capture->parent_pid, event->time);
    if (process == NULL) return;
    count_loss(LOSS_UNKNOWN_PARENTS, 1);
  }
  struct image *image = image_new(event->pid, event->time, event->name);
  if (image == NULL) return;
  image->parent_pid = process->parent_pid;
  image->capture = event->capture;
  event->capture = NULL;
  if (image->capture != NULL) {
    image->job = image->capture->job;
    if (image->capture->parent_pid != 0) image->parent_pid = image->capture->parent_pid;
  }
  if (process->image != NULL) {
    if (process->is_owner) doubt_capture(process->image, event->time);
    image_set_parent(image, process->image);
  }
  process_replace_image(process, image, event->time);
  process->threads = 1; /* exec ends all others */
  process->counted_until = event->time;
  records_start(image);
}

static void add_task_end(struct process *process, const struct task_end *end, uint64_t time) {
  usage_add(&process->usage, end);
  /* That of the last thread: exit_group(2) and signals give all of them the same. */
  process->has_exit_code = true;
  process->exit_code = end->exit_code;
  if (end->is_last) process->last_exit = time;
}

/*
 * In the exec of a set-uid program, or of one that its user cannot read, the kernel takes its events from the process,
 * and writes an exit although the process goes on. Nothing is mapped by then, and taskstats tells of no end.
 */
static bool is_exec_of_protected(const struct process *process) {
  if (process->is_fresh) mappings_apply_of(process->pid);
  return process->is_fresh;
}

static void handle_exit(const struct event *event) {
  struct process *process = process_find(event->pid);
  struct task_end end;
  const bool has_end = task_ends_take(event->tid, &end);
  if (process == NULL || (!has_end && is_exec_of_protected(process))) return;
  if (has_end)
    add_task_end(process, &end, event->time);
  else
    process->usage.is_lower_bound = true;
  if (event->time <= process->counted_until) return;
  if (process->threads > 0) process->threads--;
  if (process->threads == 0) process_end(process, event->time, END_EXIT);
}

void process_end_missing(struct process *process, uint64_t now) {
  struct task_end end;
  process->usage.is_lower_bound = true;
  while (task_ends_take(process->pid, &end)) add_task_end(process, &end, now);
  process_end(process, now, process->has_exit_code ? END_EXIT : END_LOST);
}

void processes_handle(struct event *event) {
  switch (event->type) {
    case EVENT_FORK: handle_fork(event); break;
    case EVENT_EXEC: handle_exec(event); break;
    case EVENT_EXIT: handle_exit(event); break;
    case EVENT_MAPPING: mappings_add(event); return; /* owns it */
  }
  event_free(event);
}

void processes_add_task_end(const struct task_end *end) { task_ends_add(end); }

/* Where exits of some threads were lost, the kernel's word on the last one counts. */
static void end_after_last(void *now, struct link *link) {
  struct process *process = (struct process *)link;
  if (process->last_exit == 0 || process->last_exit + LAST_EXIT_DELAY_S * NS_PER_S > *(const uint64_t *)now) return;
  process->usage.is_lower_bound = true;
  process_end(process, process->last_exit, END_EXIT);
}

void processes_settle(uint64_t now) {
  static uint64_t walked;
  mappings_apply_older(now);
  if (now - walked < LAST_EXIT_DELAY_S * NS_PER_S) return;
  walked = now;
  task_ends_expire(now);
  table_each(&table, end_after_last, &now);
}

void process_count_threads(struct process *process, const struct proc_stat *stat) {
  process->threads = stat->threads;
  process->counted_until = now_ns();
}

struct process *process_add_found(uint32_t pid, const struct proc_stat *stat, struct image *image, bool is_owner) {
  struct process *process = add_process(pid, stat->parent_pid, stat->start);
  if (process == NULL) return NULL;
  process_count_threads(process, stat);
  process->known_until = process->counted_until;
  process->usage.is_lower_bound = true;
  if (image == NULL) {
    process->is_kernel = true;
  } else if (is_owner) {
    process->image = image;
    process->is_owner = true;
  } else {
    share_image(process, image);
  }
  return process;
}

static void apply_mapping(const struct event *event) {
  struct process *process = process_find(event->pid);
  if (process == NULL || process->image == NULL || event->time <= process->known_until) return;
  struct image *image = process->image;
  process->is_fresh = false;
  struct mapping mapping = {.path = event->name, .file = event->file, .pid = event->pid, .address = event->address,
                            .size = event->size, .fd = -1};
  /* Forks see the same files as their image, unless they change their root, which a mismatch of inodes shows. */
  mapping.is_in_our_root = image->capture == NULL || !image->capture->has_root || image->capture->is_in_our_root;
  if (image->object_count == 0 && image->capture != NULL) mapping.fd = capture_take_executable(image->capture);
  image_map(image, &mapping, event->time);
}

void processes_init(bool has_two_mapping_records) {
  mappings_init(apply_mapping, has_two_mapping_records);
}
