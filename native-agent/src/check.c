/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "check.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <linux/seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/json.h"
#include "privileges/filter.h"
#include "privileges/privileges.h"
#include "sources/perf.h"
#include "sources/taskstats.h"

/* The inode of the first pid namespace (PROC_PID_INIT_INO of the kernel). */
#define FIRST_PID_NAMESPACE "pid:[4026531836]"

enum need { NEEDED, WANTED, INFORMATION };

struct result {
  bool is_there;
  char detail[96];
};

struct feature {
  const char *name;
  enum need need;
  const char *missing; /* what is not seen without it */
  struct result (*look)(void);
};

static struct result result(bool is_there, const char *detail) {
  struct result found = {.is_there = is_there};
  snprintf(found.detail, sizeof found.detail, "%s", detail);
  return found;
}

/* The first line of a file. */
static struct result file_line(const char *path) {
  char text[96] = "";
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  text[strcspn(text, "\n")] = '\0';
  return result(size >= 0, size >= 0 ? text : strerror(errno));
}

static struct perf *opened;
static int open_error;

static struct perf *perf(void) {
  if (opened == NULL && open_error == 0) {
    opened = perf_open();
    open_error = errno;
  }
  return opened;
}

static struct result look_events(void) { return result(perf() != NULL, perf() != NULL ? "" : strerror(open_error)); }
static struct result look_build_ids(void) { return result(perf() != NULL && perf_has_build_ids(opened), "Linux 5.12"); }
static struct result look_losses(void) { return result(perf() != NULL && perf_counts_losses(opened), "Linux 6.0"); }

static struct result look_taskstats(void) {
  const int fd = taskstats_open();
  const int error = errno;
  if (fd >= 0) close(fd);
  return result(fd >= 0, fd >= 0 ? "" : strerror(error));
}

static struct result look_connector(void) {
  const int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_CONNECTOR);
  const struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = CN_IDX_PROC};
  const bool is_bound = fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) == 0;
  const int error = errno;
  if (fd >= 0) close(fd);
  return result(is_bound, is_bound ? "not used" : strerror(error));
}

static struct result look_btf(void) {
  return result(access("/sys/kernel/btf/vmlinux", R_OK) == 0, "not used");
}

static struct result look_capability(unsigned number) {
  return result((effective_capabilities() & CAPABILITY(number)) != 0, "");
}
static struct result look_ptrace(void) { return look_capability(CAP_SYS_PTRACE); }
static struct result look_read_search(void) { return look_capability(CAP_DAC_READ_SEARCH); }
static struct result look_restore(void) { return look_capability(CAPABILITY_CHECKPOINT_RESTORE); }
static struct result look_setuid(void) {
  return result(geteuid() != 0 || (effective_capabilities() & CAPABILITY(CAP_SETUID)) != 0, "");
}

/* /proc/PID/map_files of another process, for which the parent is as good as any. */
static struct result look_map_files(void) {
  char path[64], target[8];
  snprintf(path, sizeof path, "/proc/%d/map_files", getppid());
  DIR *directory = opendir(path);
  bool is_readable = false;
  errno = EACCES;
  for (const struct dirent *entry; directory != NULL && !is_readable && (entry = readdir(directory)) != NULL;) {
    if (entry->d_name[0] == '.') continue;
    is_readable = readlinkat(dirfd(directory), entry->d_name, target, sizeof target) > 0;
    break;
  }
  const int error = errno;
  if (directory != NULL) closedir(directory);
  return result(is_readable, is_readable ? "" : strerror(error));
}

static struct result look_filter(void) {
  const bool knows = prctl(PR_GET_SECCOMP) == 0;
  return result(filter_is_supported() && knows, filter_is_supported() ? "" : "no filter for this architecture");
}

static struct result look_pid_namespace(void) {
  char target[64] = "";
  const ssize_t size = readlink("/proc/self/ns/pid", target, sizeof target - 1);
  return result(size > 0 && strcmp(target, FIRST_PID_NAMESPACE) == 0, target);
}

static struct result look_paranoid(void) { return file_line("/proc/sys/kernel/perf_event_paranoid"); }
static struct result look_user_namespaces(void) { return file_line("/proc/sys/user/max_user_namespaces"); }

static struct result look_cgroups(void) {
  const bool second = access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0;
  const bool any = access("/proc/self/cgroup", F_OK) == 0;
  return result(any, second ? "version 2" : any ? "version 1" : "none");
}

static const struct feature FEATURES[] = {
    {"pid namespace of the host", NEEDED, "processes outside of the namespace of the agent", look_pid_namespace},
    {"perf_event_open", NEEDED, "everything", look_events},
    {"build-ids of mappings", WANTED, "build-ids of files that are gone before they can be read", look_build_ids},
    {"losses by event", WANTED, "losses that no later record tells of", look_losses},
    {"taskstats", NEEDED, "exit states, CPU time, memory and I/O", look_taskstats},
    {"CAP_SYS_PTRACE", NEEDED, "executable, directory, namespaces and job of other users' processes", look_ptrace},
    {"CAP_DAC_READ_SEARCH", NEEDED, "stamps of files that only their owners can read", look_read_search},
    {"CAP_CHECKPOINT_RESTORE", WANTED, "stamps of deleted files and of other mount namespaces", look_restore},
    {"/proc/PID/map_files", WANTED, "the same", look_map_files},
    {"change of user", NEEDED, "an agent that is not root after its start", look_setuid},
    {"seccomp filter", WANTED, "a bound on what a broken agent could do", look_filter},
    {"cgroups", WANTED, "jobs that the kernel attests", look_cgroups},
    {"proc connector", INFORMATION, "nothing", look_connector},
    {"BTF", INFORMATION, "nothing", look_btf},
    {"perf_event_paranoid", INFORMATION, "nothing: the agent opens events with privileges", look_paranoid},
    {"user namespaces", INFORMATION, "nothing: the agent sees into them", look_user_namespaces},
};
enum { FEATURE_COUNT = sizeof FEATURES / sizeof *FEATURES };

static void print_line(const struct feature *feature, const struct result *found) {
  static const char *const missing[] = {[NEEDED] = "MISSING", [WANTED] = "missing", [INFORMATION] = "no"};
  printf("%-8s %-26s", found->is_there ? "yes" : missing[feature->need], feature->name);
  if (found->detail[0] != '\0') printf(" %s", found->detail);
  if (!found->is_there) printf("%s without it: %s", found->detail[0] == '\0' ? "" : ";", feature->missing);
  putchar('\n');
}

static void put_feature(struct json *json, const struct feature *feature, const struct result *found) {
  static const char *const needs[] = {[NEEDED] = "required", [WANTED] = "recommended", [INFORMATION] = "information"};
  json_open(json, NULL, '{');
  json_text(json, "name", feature->name);
  json_text(json, "need", needs[feature->need]);
  json_bool(json, "present", found->is_there);
  json_text(json, "detail", found->detail);
  json_text(json, "without", feature->missing);
  json_close(json, '}');
}

int run_check(bool as_json) {
  struct json json = {0};
  struct utsname system;
  bool is_complete = true;
  json_begin(&json);
  json_open(&json, NULL, '{');
  json_text(&json, "version", OGRT_AGENT_VERSION);
  json_text(&json, "kernel", uname(&system) == 0 ? system.release : "");
  json_open(&json, "features", '[');
  for (size_t i = 0; i < FEATURE_COUNT; i++) {
    const struct result found = FEATURES[i].look();
    if (!found.is_there && FEATURES[i].need == NEEDED) is_complete = false;
    if (as_json)
      put_feature(&json, &FEATURES[i], &found);
    else
      print_line(&FEATURES[i], &found);
  }
  json_close(&json, ']');
  json_bool(&json, "complete", is_complete);
  json_close(&json, '}');
  if (as_json) json_write(&json, STDOUT_FILENO);
  free(json.text);
  if (opened != NULL) perf_close(opened);
  return is_complete ? 0 : 1;
}
