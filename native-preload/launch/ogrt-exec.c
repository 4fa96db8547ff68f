/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Becomes the command of ogrt-run: `ogrt-exec PID COUNT NAME=VALUE...`, started by process PID, executes the last COUNT
 * arguments of that process in its environment, with these variables set. Node.js holds arguments and environment as
 * Unicode and so changes what is no UTF-8; here they are the bytes that the kernel keeps in /proc/PID.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Exit statuses of a command that could not be started, as shells have them (POSIX XCU 2.8.2). */
enum { CANNOT_EXECUTE = 126, NOT_FOUND = 127 };

static void fail(int status, const char *what, const char *why) {
  fprintf(stderr, "ogrt-run: %s: %s\n", what, why);
  exit(status);
}

static void *grown(void *memory, size_t size) {
  void *larger = realloc(memory, size);
  if (larger == NULL) fail(CANNOT_EXECUTE, "ogrt-exec", "out of memory");
  return larger;
}

/* The NUL-separated texts of a file in /proc/PID, as an array that ends with NULL and has `spare` more places. */
static char **texts_of(const char *pid, const char *name, size_t spare, size_t *count) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%s/%s", pid, name);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) fail(CANNOT_EXECUTE, path, strerror(errno));
  char *bytes = NULL;
  size_t size = 0;
  for (;;) {
    bytes = grown(bytes, size + 65536 + 1);
    const ssize_t more = read(file, bytes + size, 65536);
    if (more < 0) fail(CANNOT_EXECUTE, path, strerror(errno));
    if (more == 0) break;
    size += (size_t)more;
  }
  close(file);
  bytes[size] = '\0';

  *count = 0;
  for (size_t i = 0; i < size; i++) *count += bytes[i] == '\0';
  char **texts = grown(NULL, (*count + spare + 1) * sizeof *texts);
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

/* For a bare name execvp(3) says EACCES, not ENOENT, as soon as one folder of PATH may not be searched. */
static bool is_on_path(const char *name) {
  const char *folder = getenv("PATH");
  for (; folder != NULL && *folder != '\0'; folder += strspn(folder, ":")) {
    const size_t length = strcspn(folder, ":");
    char path[4096];
    const int size = snprintf(path, sizeof path, "%.*s/%s", (int)length, folder, name);
    if (size > 0 && (size_t)size < sizeof path && access(path, F_OK) == 0) return true;
    folder += length;
  }
  return false;
}

int main(int argument_count, char **arguments) {
  if (argument_count < 3) fail(2, "ogrt-exec", "is for ogrt-run only");
  const char *const pid = arguments[1];
  const unsigned long wanted = strtoul(arguments[2], NULL, 10);
  /* Were the parent gone, its number could be another process's. */
  if ((long)getppid() != strtol(pid, NULL, 10)) return CANNOT_EXECUTE;

  size_t count;
  char **const command = texts_of(pid, "cmdline", 0, &count);
  if (wanted == 0 || wanted > count) fail(CANNOT_EXECUTE, "ogrt-exec", "the command line cannot be read back");
  char **const own = command + (count - wanted);

  const size_t settings = (size_t)argument_count - 3;
  char **const environment = texts_of(pid, "environ", settings, &count);
  for (size_t i = 0; i < settings; i++) set_variable(environment, &count, arguments[3 + i]);

  execvpe(own[0], own, environment);
  const int why = errno;
  const bool bare = strchr(own[0], '/') == NULL;
  if (why == ENOENT || (why == EACCES && bare && !is_on_path(own[0]))) fail(NOT_FOUND, own[0], "not found");
  fail(CANNOT_EXECUTE, own[0], strerror(why));
}
