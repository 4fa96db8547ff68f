/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "depfile.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "real.h"
#include "text.h"

#define DEPENDENCIES_MAX ((size_t)256 << 20)

static volatile sig_atomic_t child;

static void forward(int signal) {
  if (child > 0) kill((pid_t)child, signal);
}

/* Takes out `  NAME \` among the prerequisites and `NAME:` among the targets; everything else stays as the linker wrote
 * it. */
static void tidy(const char *path, const char *name) {
  size_t size;
  char *text = read_file(path, DEPENDENCIES_MAX, &size), *to = text;
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
    /* The last prerequisite has no backslash: then the one before it must lose its own. */
    bool last = named && *after == '\n';
    if (last && to >= text + 3 && memcmp(to - 3, " \\\n", 3) == 0) to -= 3, *to++ = '\n';
    if (!continued && !target && !last) {
      memmove(to, line, (size_t)(end - line));
      to += end - line;
    }
    line = end;
    /* A target stands in a paragraph of its own. */
    if (target && line < text + size && *line == '\n') line++;
  }
  int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
  for (char *at = text; fd >= 0 && at < to;) {
    ssize_t written = write(fd, at, (size_t)(to - at));
    if (written <= 0) break;
    at += written;
  }
  if (fd >= 0) close(fd);
  free(text);
}

void link_and_tidy(const char *linker, char **arguments, const char *stamp, const char *dependency_file) {
  static const int FORWARDED[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return;
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid < 0) return;
  if (pid == 0) {
    /* A linker whose wrapper was killed would go on writing an output that nobody waits for. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    inherit_chain();
    if (getppid() == parent) execv(linker, arguments);
    int failure = errno;
    _exit(write(report[1], &failure, sizeof failure) < 0 ? 126 : 127);
  }
  child = pid;
  for (size_t i = 0; i < sizeof FORWARDED / sizeof *FORWARDED; i++) signal(FORWARDED[i], forward);
  close(report[1]);
  int failure, status = 0;
  bool started = read(report[0], &failure, sizeof failure) != (ssize_t)sizeof failure;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
  child = 0;
  for (size_t i = 0; i < sizeof FORWARDED / sizeof *FORWARDED; i++) signal(FORWARDED[i], SIG_DFL);
  if (!started) {
    errno = failure;
    return;
  }
  tidy(dependency_file, stamp);
  if (WIFSIGNALED(status)) {
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
  }
  exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}
