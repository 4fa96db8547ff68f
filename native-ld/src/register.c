/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "register.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "commit.h"
#include "json.h"

/* Readers accept lines of up to 64 KiB and texts of up to 4096 characters. */
#define MAX_LINE_BYTES 65000
#define MAX_LINE_BYTES_WITH_INPUTS 64000 /* leaves room for `inputsOmitted` */
#define MAX_TEXT_BYTES 4000

static void add_member(struct json *json, const char *key, const char *value) {
  if (value == NULL || strlen(value) > MAX_TEXT_BYTES) return;
  struct json before = *json;
  json_raw(json, json->size == 1 ? "\"" : ",\"");
  json_raw(json, key);
  json_raw(json, "\":");
  if (!json_string(json, value)) *json = before;
}

/* Formats SOURCE_DATE_EPOCH, or else the current time. */
static void format_time(char *text, size_t size) {
  const char *epoch = setting("SOURCE_DATE_EPOCH");
  bool fixed = epoch != NULL && strlen(epoch) < 13 && strspn(epoch, "0123456789") == strlen(epoch);
  time_t now = fixed ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
  struct tm parts;
  if (gmtime_r(&now, &parts) == NULL || strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) *text = '\0';
}

/* Does not query the user database, which would load libraries and might contact a directory server for each link. */
static const char *user_name(char *number, size_t size) {
  const char *name = setting("USER");
  if (name == NULL) name = setting("LOGNAME");
  if (name != NULL) return name;
  snprintf(number, size, "%u", (unsigned)geteuid());
  return number;
}

static char *absolute_path(const char *path) {
  char folder[MAX_PATH_BYTES], *joined;
  if (path[0] == '/' || getcwd(folder, sizeof folder) == NULL) return strdup(path);
  return asprintf(&joined, "%s/%s", folder, path) < 0 ? NULL : joined;
}

static void add_inputs(struct json *json, const struct words *words) {
  char tail[48];
  size_t kept = 0;
  json_raw(json, ",\"inputs\":[");
  for (; kept < words->count && json->size < MAX_LINE_BYTES_WITH_INPUTS; kept++) {
    struct json before = *json;
    if (kept > 0) json_raw(json, ",");
    if (strlen(words->items[kept]) > MAX_TEXT_BYTES || !json_string(json, words->items[kept]) ||
        json->size > MAX_LINE_BYTES_WITH_INPUTS) {
      *json = before;
      break;
    }
  }
  json_raw(json, "]");
  if (kept == words->count) return;
  snprintf(tail, sizeof tail, ",\"inputsOmitted\":%zu", words->count - kept);
  json_raw(json, tail);
}

/* DIRECTORY/HOST.UID.jsonl, with unsafe characters of the host name replaced. */
static char *file_name(const char *directory, const char *host) {
  char safe[201], *path;
  size_t length = 0;
  for (; host[length] != '\0' && length < sizeof safe - 1; length++) {
    char c = host[length];
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                 (c == '.' && length > 0);
    safe[length] = plain ? c : '_';
  }
  safe[length] = '\0';
  return asprintf(&path, "%s/%s.%u.jsonl", directory, length == 0 ? "_" : safe, (unsigned)geteuid()) < 0 ? NULL : path;
}

/* Appends a line in one write, if the path is a regular file of this user. */
static bool append_line(const char *path, struct json *line) {
  int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
  if (fd < 0) return false;
  struct stat stat;
  char last = '\n';
  bool done = false;
  errno = EPERM;
  if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_uid == geteuid()) {
    if (stat.st_size > 0 && pread(fd, &last, 1, stat.st_size - 1) != 1) last = '\n';
    /* The text starts with a newline, needed only if a full disk truncated the previous line. */
    size_t skipped = last == '\n';
    errno = ENOSPC;
    done = write(fd, line->text + skipped, line->size - skipped) == (ssize_t)(line->size - skipped);
  }
  int failure = errno;
  close(fd);
  errno = failure;
  return done;
}

void register_link(const struct command *command, const char *uuid) {
  const char *directory = setting("OGRT_LD_REGISTER");
  if (directory == NULL) return;
  static char text[MAX_LINE_BYTES + 2] = "\n";
  struct json json = {.text = text + 1, .space = MAX_LINE_BYTES - 1};
  struct utsname system;
  char time[32], number[16], commit[65];
  if (uname(&system) != 0 || system.nodename[0] == '\0') strcpy(system.nodename, "unknown");
  format_time(time, sizeof time);
  char *output = absolute_path(command->output);

  json_raw(&json, "{");
  add_member(&json, "uuid", uuid);
  add_member(&json, "scope", setting("OGRT_LD_UUID") == NULL ? "link" : "package");
  add_member(&json, "name", setting("OGRT_LD_NAME"));
  add_member(&json, "version", setting("OGRT_LD_VERSION"));
  add_member(&json, "host", system.nodename);
  add_member(&json, "user", user_name(number, sizeof number));
  add_member(&json, "time", time);
  add_member(&json, "output", output);
  if (read_commit(commit, sizeof commit)) add_member(&json, "commit", commit);
  add_inputs(&json, &command->inputs);
  json_raw(&json, "}\n");

  char *path = file_name(directory, system.nodename);
  struct json line = {.text = text, .size = json.size + 1};
  if (json.full || path == NULL || !append_line(path, &line)) {
    warn_once("linked %s with a stamp, but cannot write to the register %s: %s", command->output, directory,
              strerror(errno));
  }
  free(path);
  free(output);
}
