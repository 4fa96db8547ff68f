/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Starts the command of ogrt-run: `ogrt-exec PID COUNT NAME=VALUE...`, a child of process PID, executes the last
 * COUNT arguments of that process in its environment plus these variables. Node.js decodes arguments and environment
 * as UTF-8 and corrupts other bytes; this program reads the original bytes from /proc/PID.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Exit statuses of a shell for a command that cannot be started (POSIX XCU 2.8.2). */
enum { CANNOT_EXECUTE = 126, NOT_FOUND = 127 };

enum { READ_BYTES = 65536, MAX_PATH_BYTES = 4096 };

static void fail(int status, const char *what, const char *why) {
  fprintf(stderr, "ogrt-run: %s: %s\n", what, why);
  exit(status);
}

static void *reallocate(void *memory, size_t size) {
  void *larger = realloc(memory, size);
  if (larger == NULL) fail(CANNOT_EXECUTE, "ogrt-exec", "out of memory");
  return larger;
}

/* The NUL-separated texts of a file in /proc/PID, as a NULL-terminated array with room for `spare` more. */
static char **read_texts(const char *pid, const char *name, size_t spare, size_t *count) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(CANNOT_EXECUTE, path, strerror(errno));
  char *bytes = NULL;
  size_t size = 0;
  for (;;) {
    bytes = reallocate(bytes, size + READ_BYTES + 1);
    const ssize_t more = read(file, bytes + size, READ_BYTES);
    if (more < 0) fail(CANNOT_EXECUTE, path, strerror(errno));
    if (more == 0) break;
    size += (size_t)more;
  }
  close(file);
  bytes[size] = '\0';

  *count = 0;
  for (size_t i = 0; i < size; i++) *count += bytes[i] == '\0';
  char **texts = reallocate(NULL, (*count + spare + 1) * sizeof *texts);
  char *at = bytes;
  for (size_t i = 0; i < *count; i++, at += strlen(at) + 1) texts[i] = at;
  texts[*count] = NULL;
  return texts;
}

static void set_variable(char **environment, size_t *count, char *assignment) {
  const size_t length = strcspn(assignment, "=") + 1;
  for (size_t i = 0; i < *count; i++) {
    if (strncmp(environment[i], assignment, length) != 0) continue;
    environment[i] = assignment;
    return;
  }
  environment[(*count)++] = assignment;
  environment[*count] = NULL;
}

/* For a bare name, execvp(3) fails with EACCES instead of ENOENT if any folder of PATH is not searchable. */
static bool is_on_path(const char *name) {
  const char *folder = getenv("PATH");
  for (; folder != NULL && *folder != '\0'; folder += strspn(folder, ":")) {
    const size_t length = strcspn(folder, ":");
    char path[MAX_PATH_BYTES];
    const int size = snprintf(path, sizeof path, "%.*s/%s", (int)length, folder, name);
    if (size > 0 && (size_t)size < sizeof path && access(path, F_OK) == 0) return true;
    folder += length;
  }
  return false;
}

int main(int argument_count, char **arguments) {
  if (argument_count < 3) fail(2, "ogrt-exec", "internal program of ogrt-run");
  const char *const pid = arguments[1];
  const unsigned long command_count = strtoul(arguments[2], NULL, 10);
  /* If the parent has exited, its pid may belong to another process. */
  if ((long)getppid() != strtol(pid, NULL, 10)) return CANNOT_EXECUTE;

  size_t count;
  char **const arguments_of_parent = read_texts(pid, "cmdline", 0, &count);
  if (command_count == 0 || command_count > count) fail(CANNOT_EXECUTE, "ogrt-exec", "cannot read the command line");
  char **const command = arguments_of_parent + (count - command_count);

  const size_t added = (size_t)argument_count - 3;
  char **const environment = read_texts(pid, "environ", added, &count);
  for (size_t i = 0; i < added; i++) set_variable(environment, &count, arguments[3 + i]);

  execvpe(command[0], command, environment);
  const int error = errno;
  const bool is_bare = strchr(command[0], '/') == NULL;
  if (error == ENOENT || (error == EACCES && is_bare && !is_on_path(command[0]))) {
    fail(NOT_FOUND, command[0], "not found");
  }
  fail(CANNOT_EXECUTE, command[0], strerror(error));
}
