/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/clock.h"

enum {
  MAX_ARGUMENT_BYTES = 64 << 10,
  MAX_ENVIRONMENT_BYTES = 256 << 10,
  MAX_CGROUP_BYTES = 16 << 10,
  MAX_STATUS_BYTES = 4 << 10,
  MAX_KEPT_DESCRIPTORS = 64, /* of deleted executables */
};

const char *const namespace_names[NAMESPACES] = {"cgroup", "ipc", "mnt", "net", "pid", "time", "user", "uts"};

static unsigned kept_descriptors;

/* One process is read at a time. */
static char buffer[MAX_ENVIRONMENT_BYTES + 1];

/* Reads into `buffer`, NUL-terminated. -1 if unreadable. */
static ssize_t read_file(int directory, const char *name, size_t limit) {
  const int fd = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) return -1;
  size_t size = 0;
  ssize_t count = 0;
  while (size < limit && (count = read(fd, buffer + size, limit - size)) > 0) size += (size_t)count;
  close(fd);
  if (count < 0) return -1;
  buffer[size] = '\0';
  return (ssize_t)size;
}

static void keep(struct proc_text *text, ssize_t size, size_t limit) {
  if (size < 0) return;
  char *bytes = malloc((size_t)size + 1);
  if (bytes == NULL) return;
  memcpy(bytes, buffer, (size_t)size + 1);
  free(text->bytes);
  *text = (struct proc_text){bytes, (size_t)size, (size_t)size >= limit};
}

static void keep_link(int directory, const char *name, struct proc_text *text) {
  const ssize_t size = readlinkat(directory, name, buffer, 4096);
  if (size > 0) buffer[size] = '\0', keep(text, size, 4096);
}

static uint64_t namespace_id(int directory, enum namespace namespace) {
  char path[16], target[64];
  snprintf(path, sizeof path, "ns/%s", namespace_names[namespace]);
  const ssize_t size = readlinkat(directory, path, target, sizeof target - 1);
  if (size <= 0) return 0;
  target[size] = '\0';
  const char *bracket = strchr(target, '[');
  return bracket == NULL ? 0 : strtoull(bracket + 1, NULL, 10);
}

static bool status_number(const char *name, unsigned index, uint32_t *value) {
  const char *at = strstr(buffer, name);
  if (at == NULL) return false;
  at += strlen(name);
  for (unsigned i = 0; i <= index; i++) {
    char *end;
    const unsigned long number = strtoul(at, &end, 10);
    if (end == at || (*end != '\t' && *end != '\n' && *end != ' ')) return false;
    *value = (uint32_t)number;
    at = end;
  }
  return true;
}

/* The last number of NSpid is the pid in the innermost namespace. */
static uint32_t innermost_pid(uint32_t fallback) {
  uint32_t pid = fallback, next;
  for (unsigned i = 0; i < 33 && status_number("\nNSpid:", i, &next); i++) {
    pid = next;
    const char *line = strstr(buffer, "\nNSpid:") + 1, *end = strchr(line, '\n');
    unsigned fields = 0;
    for (const char *at = line; at != end && at != NULL && *at != '\0'; at++) fields += *at == '\t';
    if (i + 1 >= fields) break;
  }
  return pid;
}

static void read_status(int directory, uint32_t pid, struct capture *capture) {
  if (read_file(directory, "status", MAX_STATUS_BYTES) <= 0) return;
  capture->has_ids = status_number("\nUid:", 0, &capture->uid) && status_number("\nUid:", 1, &capture->effective_uid) &&
                     status_number("\nGid:", 0, &capture->gid) && status_number("\nGid:", 1, &capture->effective_gid);
  status_number("\nPPid:", 0, &capture->parent_pid);
  capture->has_ended = strstr(buffer, "\nState:\tZ") != NULL;
  capture->inner_pid = innermost_pid(pid);
}

static void read_job(const struct procfs *procfs, int directory, struct capture *capture) {
  struct job *job = &capture->job;
  if (job->source == JOB_FROM_CGROUP || job->source == JOB_FROM_ENVIRONMENT) return;
  if (capture->cgroup.bytes != NULL && job_from_cgroup(procfs->rules, capture->cgroup.bytes, job)) return;
  const ssize_t size = read_file(directory, "environ", MAX_ENVIRONMENT_BYTES);
  /* An empty environment is one, once the kernel has put the arguments in place. */
  if (size < 0 || capture->arguments.size == 0) return;
  if (!job_from_environment(procfs->rules, buffer, (size_t)size, job)) job->source = JOB_NONE;
}

/* A file that has no name any more, as after memfd_create(2), can be read as long as a process has it. */
static void keep_deleted_executable(int directory, struct capture *capture) {
  static const char suffix[] = " (deleted)";
  const struct proc_text *path = &capture->executable;
  const size_t size = sizeof suffix - 1;
  if (path->size <= size || memcmp(path->bytes + path->size - size, suffix, size) != 0) return;
  if (capture->executable_fd >= 0 || kept_descriptors >= MAX_KEPT_DESCRIPTORS) return;
  capture->executable_fd = openat(directory, "exe", O_PATH | O_CLOEXEC);
  if (capture->executable_fd >= 0) kept_descriptors++;
}

int capture_take_executable(struct capture *capture) {
  const int fd = capture->executable_fd;
  if (fd >= 0) kept_descriptors--;
  capture->executable_fd = -1;
  return fd;
}

/*
 * Arguments first: the kernel puts them in place last in an exec, so what is read after them is that of the new image,
 * such as the user of a set-uid program. Before that, nothing is read unless the process is settled.
 */
static void read_all(const struct procfs *procfs, int directory, uint32_t pid, struct capture *capture, bool is_settled) {
  const ssize_t size = read_file(directory, "cmdline", MAX_ARGUMENT_BYTES);
  if (size > 0) keep(&capture->arguments, size, MAX_ARGUMENT_BYTES);
  if (size <= 0 && !is_settled) return;
  read_status(directory, pid, capture);
  if (capture->has_ended) { /* nothing else is left to be read */
    capture->is_complete = true;
    return;
  }
  keep_link(directory, "exe", &capture->executable);
  keep_deleted_executable(directory, capture);
  keep_link(directory, "cwd", &capture->directory);
  const ssize_t cgroup_size = read_file(directory, "cgroup", MAX_CGROUP_BYTES);
  if (cgroup_size > 0) keep(&capture->cgroup, cgroup_size, MAX_CGROUP_BYTES);
  struct root root;
  capture->has_root = root_read(directory, &root);
  capture->is_in_our_root = capture->has_root && root_is_same(&root, &procfs->root);
  read_job(procfs, directory, capture);
  capture->is_complete = capture->arguments.bytes != NULL && capture->has_ids;
}

void capture_again(const struct procfs *procfs, uint32_t pid, struct capture *capture, bool is_settled) {
  char path[24];
  snprintf(path, sizeof path, "/proc/%" PRIu32, pid);
  capture->begun = now_ns();
  /* The descriptor stays with this process if its pid is given to another one. */
  const int directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory >= 0) {
    read_all(procfs, directory, pid, capture, is_settled);
    close(directory);
  } else {
    capture->is_complete = true; /* gone: nothing more will be known */
  }
  capture->finished = now_ns();
}

void capture_namespaces(uint32_t pid, struct capture *capture) {
  char path[24];
  snprintf(path, sizeof path, "/proc/%" PRIu32, pid);
  const int directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return;
  for (enum namespace i = 0; i < NAMESPACES; i++) capture->namespaces[i] = namespace_id(directory, i);
  close(directory);
  capture->finished = now_ns();
}

struct capture *capture_process(const struct procfs *procfs, uint32_t pid, bool is_settled) {
  struct capture *capture = calloc(1, sizeof *capture);
  if (capture == NULL) return NULL;
  capture->executable_fd = -1;
  capture_again(procfs, pid, capture, is_settled);
  return capture;
}

void capture_free(struct capture *capture) {
  if (capture == NULL) return;
  const int fd = capture_take_executable(capture);
  if (fd >= 0) close(fd);
  free(capture->executable.bytes);
  free(capture->arguments.bytes);
  free(capture->directory.bytes);
  free(capture->cgroup.bytes);
  free(capture);
}

/* False if what it tells of the host is not readable. */
static bool read_host(struct procfs *procfs, const char *path) {
  const int directory = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return false;
  const bool is_read = root_read(directory, &procfs->root);
  for (enum namespace i = 0; i < NAMESPACES; i++) procfs->namespaces[i] = namespace_id(directory, i);
  close(directory);
  return is_read;
}

/* Process 1 is what others are compared with: a service manager gives the agent a mount namespace of its own. */
void procfs_init(struct procfs *procfs, const struct job_rules *rules) {
  *procfs = (struct procfs){.rules = rules, .ticks_per_second = sysconf(_SC_CLK_TCK)};
  if (!read_host(procfs, "/proc/1")) read_host(procfs, "/proc/self");
}

bool procfs_stat(const struct procfs *procfs, uint32_t pid, struct proc_stat *stat) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%" PRIu32 "/stat", pid);
  if (read_file(AT_FDCWD, path, MAX_STATUS_BYTES) <= 0) return false;
  /* The name may hold anything, also parentheses. */
  const char *open_bracket = strchr(buffer, '('), *bracket = strrchr(buffer, ')');
  if (open_bracket == NULL || bracket == NULL) return false;
  uint64_t ticks;
  *stat = (struct proc_stat){0};
  snprintf(stat->name, sizeof stat->name, "%.*s", (int)(bracket - open_bracket - 1), open_bracket + 1);
  /* proc_pid_stat(5): state, ppid, …, flags (9), …, num_threads (20), itrealvalue, starttime (22). */
  if (sscanf(bracket + 1, " %c %" SCNu32 " %*d %*d %*d %*d %" SCNu32 " %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %" SCNu32
             " %*d %" SCNu64, &stat->state, &stat->parent_pid, &stat->flags, &stat->threads, &ticks) != 5) {
    return false;
  }
  stat->start = ticks * (NS_PER_S / (uint64_t)procfs->ticks_per_second);
  return true;
}
