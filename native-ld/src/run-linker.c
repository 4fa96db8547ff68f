/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run-linker.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/wait.h>
#include <unistd.h>

#include "util.h"

static volatile sig_atomic_t child;

static void forward(int signal) {
  if (child > 0) kill((pid_t)child, signal);
}

bool run_linker(const char *linker, char **arguments, int output, int *status) {
  static const int FORWARDED[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  struct sigaction inherited, forwarding = {.sa_handler = forward};
  volatile int failure = 0;
  const pid_t parent = getpid();
  /* Where a parent ignores it, waitpid(2) does not give the status. */
  signal(SIGCHLD, SIG_DFL);
  /* vfork(2): the child shares this memory until it executes the linker, and copies no page tables. */
  pid_t pid = vfork();
  if (pid < 0) return false;
  if (pid == 0) {
    /* If the wrapper is killed, the linker must not go on. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (output >= 0) dup2(output, STDOUT_FILENO), dup2(output, STDERR_FILENO);
    if (getppid() == parent) execv(linker, arguments);
    failure = errno;
    _exit(127);
  }
  child = pid;
  for (size_t i = 0; i < COUNT_OF(FORWARDED); i++) {
    sigaction(FORWARDED[i], &forwarding, &inherited);
    /* nohup(1) has the linker ignore a signal, too. */
    if (inherited.sa_handler == SIG_IGN) sigaction(FORWARDED[i], &inherited, NULL);
  }
  while (waitpid(pid, status, 0) < 0 && errno == EINTR) continue;
  child = 0;
  errno = failure;
  return failure == 0;
}

bool retry_linker(const char *linker, char **arguments) {
  int status, output = memfd_create("ogrt-ld", MFD_CLOEXEC);
  if (output < 0) return false;
  bool linked = run_linker(linker, arguments, output, &status) && WIFEXITED(status) && WEXITSTATUS(status) == 0;
  off_t start = 0;
  while (linked && sendfile(STDERR_FILENO, output, &start, SIZE_MAX >> 1) > 0) continue;
  close(output);
  return linked;
}

void end_as(int status) {
  if (WIFSIGNALED(status)) {
    /* The core file is that of the linker. */
    setrlimit(RLIMIT_CORE, &(struct rlimit){0});
    signal(WTERMSIG(status), SIG_DFL);
    raise(WTERMSIG(status));
  }
  exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
}
