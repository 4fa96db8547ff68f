/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "heartbeat.h"

#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/losses.h"
#include "privileges/filter.h"
#include "privileges/privileges.h"
#include "processes/lines.h"
#include "processes/processes.h"
#include "processes/records.h"

static struct json line;
static uint64_t begun;

/* A file of /proc with one line. */
static void put_file(const char *name, const char *path) {
  char text[128];
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const ssize_t size = fd < 0 ? -1 : read(fd, text, sizeof text);
  if (fd >= 0) close(fd);
  if (size > 0)
    json_bytes(&line, name, text, text[size - 1] == '\n' ? (size_t)size - 1 : (size_t)size);
  else
    json_null(&line, name);
}

bool print_greeting(const struct perf *perf, bool has_taskstats) {
  struct utsname system;
  begun = now_ns();
  json_begin(&line);
  json_open(&line, NULL, '{');
  json_text(&line, "type", "agent");
  put_time(&line, "time", begun);
  json_text(&line, "version", OGRT_AGENT_VERSION);
  if (uname(&system) == 0) {
    json_text(&line, "host", system.nodename);
    json_text(&line, "kernel", system.release);
  }
  put_file("bootId", "/proc/sys/kernel/random/boot_id");
  json_open(&line, "sources", '{');
  json_bool(&line, "buildIds", perf_has_build_ids(perf));
  json_bool(&line, "exactLosses", perf_counts_losses(perf));
  json_bool(&line, "exitStates", has_taskstats);
  json_bool(&line, "allProcesses", (effective_capabilities() & CAPABILITY(CAP_SYS_PTRACE)) != 0);
  json_bool(&line, "allFiles", (effective_capabilities() & CAPABILITY(CAP_DAC_READ_SEARCH)) != 0);
  json_bool(&line, "deletedFiles", (effective_capabilities() & CAPABILITY(CAPABILITY_CHECKPOINT_RESTORE)) != 0);
  json_close(&line, '}');
  json_bool(&line, "filtered", filter_is_supported());
  json_close(&line, '}');
  return json_write(&line, STDOUT_FILENO);
}

bool print_heartbeat(const char *type) {
  json_begin(&line);
  json_open(&line, NULL, '{');
  json_text(&line, "type", type);
  put_time(&line, "time", now_ns());
  json_number(&line, "runningS", (now_ns() - begun) / NS_PER_S);
  json_number(&line, "processes", processes_count());
  json_number(&line, "objects", objects_count());
  json_number(&line, "records", records_written());
  json_open(&line, "lost", '{');
  for (enum loss i = 0; i < LOSS_REASONS; i++) json_number(&line, loss_names[i], losses[i]);
  json_close(&line, '}');
  json_close(&line, '}');
  return json_write(&line, STDOUT_FILENO);
}
