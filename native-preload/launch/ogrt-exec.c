/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Starts the command of ogrt-run: `ogrt-exec PID COUNT NAME=VALUE...`, a child of process PID, executes the last
 * COUNT arguments of that process in its environment plus these variables. Node.js decodes arguments and environment
 * as UTF-8 and corrupts other bytes; this program reads the original bytes from /proc/PID.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "execute.h"

enum { READ_BYTES = 65536 };

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

  execute(command, environment);
}
