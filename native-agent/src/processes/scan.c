/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "../base/clock.h"
#include "../sources/maps.h"
#include "processes.h"
#include "records.h"

/* Starts are told in ticks of the kernel, which may have 100 a second. */
enum { START_TOLERANCE_MS = 20, MAX_DEPTH = 64 };

static const struct procfs *procfs;

static void map_found(void *data, const struct mapping *found) {
  struct image *image = data;
  struct mapping mapping = *found;
  if (!is_file_mapping(mapping.path)) return;
  mapping.is_in_our_root = image->capture == NULL || !image->capture->has_root || image->capture->is_in_our_root;
  image_map(image, &mapping, image->started);
}

static struct image *new_image(uint32_t pid, const struct proc_stat *stat) {
  struct image *image = image_new(pid, stat->start, stat->name);
  if (image == NULL) return NULL;
  image->existed = true;
  image->parent_pid = stat->parent_pid;
  image->capture = capture_process(procfs, pid, true);
  if (image->capture != NULL) {
    capture_namespaces(pid, image->capture);
    image->job = image->capture->job;
  }
  maps_read(pid, map_found, image);
  return image;
}

static bool is_same_process(const struct process *process, const struct proc_stat *stat) {
  const uint64_t tolerance = (uint64_t)START_TOLERANCE_MS * NS_PER_MS;
  return process->started < stat->start + tolerance && stat->start < process->started + tolerance;
}

/* The first object of an image is its executable. */
static bool runs_another(const struct process *process, const struct capture *capture) {
  if (process->image == NULL || process->image->object_count == 0 || capture->executable.bytes == NULL) return false;
  const struct object *first = process->image->objects[0].object;
  return first->path_size != capture->executable.size ||
         memcmp(first->path, capture->executable.bytes, first->path_size) != 0;
}

/* An exec that was lost: the process has another executable than its image. */
static void check_known(struct process *process, const struct proc_stat *stat) {
  process_count_threads(process, stat);
  if (process->is_kernel) return;
  struct capture *capture = capture_process(procfs, process->pid, true);
  if (capture != NULL && runs_another(process, capture)) {
    struct image *image = new_image(process->pid, stat);
    const uint64_t now = now_ns();
    if (image != NULL) {
      image->started = now;
      image_set_parent(image, process->image);
      process_replace_image(process, image, now);
      process->known_until = now;
      process->is_fresh = false;
      records_start(image);
    }
  }
  capture_free(capture);
}

static bool is_gone(const struct proc_stat *stat) { return stat->state == 'Z' && stat->threads <= 1; }

static struct process *add_found(uint32_t pid, const struct proc_stat *stat) {
  if ((stat->flags & STAT_FLAG_KERNEL_THREAD) != 0) return process_add_found(pid, stat, NULL, false);
  const struct process *parent = process_find(stat->parent_pid);
  const bool has_parent = parent != NULL && parent->image != NULL;
  if (has_parent && (stat->flags & STAT_FLAG_FORKED_ONLY) != 0) return process_add_found(pid, stat, parent->image, false);
  struct image *image = new_image(pid, stat);
  if (image == NULL) return NULL;
  if (has_parent) image_set_parent(image, parent->image);
  struct process *process = process_add_found(pid, stat, image, true);
  if (process != NULL)
    records_start(image);
  else
    image_release(image);
  return process;
}

/* Parents first, so that a fork finds the image that it shares. */
static void scan_process(uint32_t pid, unsigned depth) {
  struct proc_stat stat;
  if (!procfs_stat(procfs, pid, &stat) || is_gone(&stat)) return;
  struct process *process = process_find(pid);
  if (process != NULL && process->is_found) return;
  if (process != NULL && is_same_process(process, &stat)) {
    process->is_found = true;
    check_known(process, &stat);
    return;
  }
  if (process != NULL) process_end_missing(process, now_ns());
  if (depth < MAX_DEPTH && stat.parent_pid > 0) scan_process(stat.parent_pid, depth + 1);
  process = add_found(pid, &stat);
  if (process != NULL) process->is_found = true;
}

static void forget_mark(void *unused, struct link *link) {
  (void)unused;
  ((struct process *)link)->is_found = false;
}

/* A process without the mark was forked after its directory was read, or has ended. */
static void end_missing(void *now, struct link *link) {
  struct process *process = (struct process *)link;
  struct proc_stat stat;
  if (process->is_found || process->started > *(const uint64_t *)now) return;
  if (procfs_stat(procfs, process->pid, &stat) && is_same_process(process, &stat) && !is_gone(&stat)) return;
  process_end_missing(process, now_ns());
}

void scan_processes(const struct procfs *given) {
  uint64_t begun = now_ns();
  procfs = given;
  process_each(forget_mark, NULL);
  DIR *directory = opendir("/proc");
  if (directory == NULL) return;
  for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
    char *end;
    const unsigned long pid = strtoul(entry->d_name, &end, 10);
    if (*end == '\0' && pid > 0 && pid <= UINT32_MAX) scan_process((uint32_t)pid, 0);
  }
  closedir(directory);
  process_each(end_missing, &begun);
}
