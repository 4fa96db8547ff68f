/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit test of the filter of the process that hears the kernel, in a child that enters it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "../src/privileges/filter.h"

/* The error of opening a file for reading, which is closed again; 0 if it opens. */
static int open_error(const char *path, int flags) {
  const int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, 0600);
  if (fd < 0) return errno;
  close(fd);
  return 0;
}

/* The number of the first check that failed; 0 if none did. */
static int try_filter(void) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !filter_agent()) return 1;
  if (open_error("/proc/self/mem", O_RDONLY | O_CLOEXEC) != 0) return 2;
  if (open_error("/proc", O_PATH | O_DIRECTORY) != 0) return 3;
  static const int writing[] = {O_WRONLY, O_RDWR, O_RDWR | O_CLOEXEC, O_RDONLY | O_TRUNC, O_RDONLY | O_CREAT};
  for (size_t i = 0; i < sizeof writing / sizeof *writing; i++) {
    if (open_error("/proc/self/mem", writing[i]) != EPERM) return 4 + (int)i;
  }
#ifdef SYS_open
  if (syscall(SYS_open, "/proc/self/mem", O_RDWR) >= 0 || errno != EPERM) return 20;
#endif
  if (syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0) >= 0 || errno != EPERM) return 21;
  return 0;
}

static void the_filter_permits_no_opening_for_writing(void) {
  if (!filter_is_supported()) return;
  const pid_t pid = fork();
  if (pid == 0) _exit(try_filter());
  int status = -1;
  CHECK(pid > 0 && waitpid(pid, &status, 0) == pid);
  if (status != 0) printf("the filter: check %d failed, wait status %d\n", status >> 8, status);
  CHECK(status == 0);
}
