/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "execute.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_PATH_BYTES = 4096 };

void fail(int status, const char *what, const char *why) {
  fprintf(stderr, "ogrt-run: %s: %s\n", what, why);
  exit(status);
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

void execute(char **command, char **environment) {
  execvpe(command[0], command, environment);
  const int error = errno;
  const bool is_bare = strchr(command[0], '/') == NULL;
  if (error == ENOENT || (error == EACCES && is_bare && !is_on_path(command[0]))) {
    fail(NOT_FOUND, command[0], "not found");
  }
  fail(CANNOT_EXECUTE, command[0], strerror(error));
}
