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

/* Readers believe lines of up to 64 KiB, and texts of up to 4096 characters; what follows the inputs needs little. */
#define LINE_MAX_SIZE 65000
#define INPUTS_END 64000
#define TEXT_MAX 4000

static void member(struct json *json, const char *key, const char *value) {
  if (value == NULL || strlen(value) > TEXT_MAX) return;
  struct json before = *json;
  json_raw(json, json->size == 1 ? "\"" : ",\"");
  json_raw(json, key);
  json_raw(json, "\":");
  if (!json_string(json, value)) *json = before;
}

/* Now, or SOURCE_DATE_EPOCH. */
static void iso_time(char *text, size_t size) {
  const char *epoch = setting("SOURCE_DATE_EPOCH");
  bool fixed = epoch != NULL && strlen(epoch) < 13 && strspn(epoch, "0123456789") == strlen(epoch);
  time_t now = fixed ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
  struct tm parts;
  if (gmtime_r(&now, &parts) == NULL || strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) *text = '\0';
}

/* Not the password database: it would load libraries, and may ask a directory server at each link. */
static const char *user_name(char *number, size_t size) {
  const char *name = setting("USER");
  if (name == NULL) name = setting("LOGNAME");
  if (name != NULL) return name;
  snprintf(number, size, "%u", (unsigned)geteuid());
  return number;
}

static char *absolute(const char *path) {
  char folder[4096], *whole;
  if (path[0] == '/' || getcwd(folder, sizeof folder) == NULL) return strdup(path);
  return asprintf(&whole, "%s/%s", folder, path) < 0 ? NULL : whole;
}

static void inputs(struct json *json, const struct words *words) {
  char tail[48];
  size_t kept = 0;
  json_raw(json, ",\"inputs\":[");
  for (; kept < words->count && json->size < INPUTS_END; kept++) {
    struct json before = *json;
    if (kept > 0) json_raw(json, ",");
    if (strlen(words->items[kept]) > TEXT_MAX || !json_string(json, words->items[kept]) || json->size > INPUTS_END) {
      *json = before;
      break;
    }
  }
  json_raw(json, "]");
  if (kept == words->count) return;
  snprintf(tail, sizeof tail, ",\"inputsOmitted\":%zu", words->count - kept);
  json_raw(json, tail);
}

/* DIRECTORY/HOST.UID.jsonl, the host's name without anything that could lead elsewhere. */
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

/* One write with O_APPEND, into a regular file of one's own; behind a line that a full disk cut short, on a new one. */
static bool append(const char *path, struct json *line) {
  int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
  if (fd < 0) return false;
  struct stat stat;
  char last = '\n';
  bool done = false;
  errno = EPERM;
  if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_uid == geteuid()) {
    if (stat.st_size > 0 && pread(fd, &last, 1, stat.st_size - 1) != 1) last = '\n';
    /* The text begins with a newline that is only needed after a broken line. */
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
  static char text[LINE_MAX_SIZE + 2] = "\n";
  struct json json = {.text = text + 1, .space = LINE_MAX_SIZE - 1};
  struct utsname system;
  char time[32], number[16], commit[65];
  if (uname(&system) != 0 || system.nodename[0] == '\0') strcpy(system.nodename, "unknown");
  iso_time(time, sizeof time);
  char *output = absolute(command->output);

  json_raw(&json, "{");
  member(&json, "uuid", uuid);
  member(&json, "scope", setting("OGRT_LD_UUID") == NULL ? "link" : "package");
  member(&json, "name", setting("OGRT_LD_NAME"));
  member(&json, "version", setting("OGRT_LD_VERSION"));
  member(&json, "host", system.nodename);
  member(&json, "user", user_name(number, sizeof number));
  member(&json, "time", time);
  member(&json, "output", output);
  if (read_commit(commit, sizeof commit)) member(&json, "commit", commit);
  inputs(&json, &command->inputs);
  json_raw(&json, "}\n");

  char *path = file_name(directory, system.nodename);
  struct json line = {.text = text, .size = json.size + 1};
  if (json.full || path == NULL || !append(path, &line)) {
    complain("linked %s stamped, but the register %s: %s", command->output, directory, strerror(errno));
  }
  free(path);
  free(output);
}
