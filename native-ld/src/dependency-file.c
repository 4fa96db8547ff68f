/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dependency-file.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "real-linker.h"
#include "util.h"

#define MAX_DEPENDENCY_FILE_BYTES ((size_t)256 << 20)

static volatile sig_atomic_t child;

static void forward(int signal) {
  if (child > 0) kill((pid_t)child, signal);
}

/* Removes `  NAME \` from the prerequisites and `NAME:` from the targets, and leaves everything else unchanged. */
static void remove_name(const char *path, const char *name) {
  size_t size;
  char *text = read_file(path, MAX_DEPENDENCY_FILE_BYTES, &size), *to = text;
  if (text == NULL) return;
  size_t length = strlen(name);
  for (char *line = text; line < text + size;) {
    char *end = memchr(line, '\n', (size_t)(text + size - line));
    end = end == NULL ? text + size : end + 1;
    size_t indent = strspn(line, " \t");
    const char *after = line + indent + length;
    bool named = (size_t)(end - line) > indent + length && memcmp(line + indent, name, length) == 0;
    bool continued = named && strncmp(after, " \\\n", 3) == 0;
    bool target = named && strncmp(after, ":\n", 2) == 0;
    /* The last prerequisite has no backslash, so the new last one must lose its own. */
    bool last = named && *after == '\n';
    if (last && to >= text + 3 && memcmp(to - 3, " \\\n", 3) == 0) to -= 3, *to++ = '\n';
    if (!continued && !target && !last) {
      memmove(to, line, (size_t)(end - line));
      to += end - line;
    }
    line = end;
    /* An empty line follows each target. */
    if (target && line < text + size && *line == '\n') line++;
  }
  int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
  if (fd >= 0) {
    write_all(fd, text, (size_t)(to - text));
    close(fd);
  }
  free(text);
}

void link_with_dependency_file(const char *linker, char **arguments, const char *stamp, const char *dependency_file) {
  static const int FORWARDED[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return;
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid < 0) return;
  if (pid == 0) {
    /* If the wrapper is killed, the linker must not go on. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    adopt_chain();
    if (getppid() == parent) execv(linker, arguments);
    int failure = errno;
    _exit(write(report[1], &failure, sizeof failure) < 0 ? 126 : 127);
  }
  child = pid;
  for (size_t i = 0; i < COUNT_OF(FORWARDED); i++) signal(FORWARDED[i], forward);
  close(report[1]);
  int failure, status = 0;
  bool started = read(report[0], &failure, sizeof failure) != (ssize_t)sizeof failure;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  child = 0;
  for (size_t i = 0; i < COUNT_OF(FORWARDED); i++) signal(FORWARDED[i], SIG_DFL);
  if (!started) {
    errno = failure;
    return;
  }
  remove_name(dependency_file, stamp);
  if (WIFSIGNALED(status)) {
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
  }
  exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}
