/*
 * Runs a program under restrictions: `confine seccomp|files|stack KIND-OR-LIMIT PROGRAM [ARGUMENT]...`.
 * `seccomp socket` makes socket calls fail with EPERM, `seccomp all` the system calls of the library with ENOSYS.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static int refuse(const long *calls, unsigned count, int error) {
  struct sock_filter filter[64];
  unsigned size = 0;
  filter[size++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (unsigned i = 0; i < count; i++) {
    filter[size++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i], 0, 1);
    filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error);
  }
  filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  const struct sock_fprog program = {(unsigned short)size, filter};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0;
}

int main(int argc, char **argv) {
  static const long sockets[] = {SYS_socket, SYS_connect, SYS_sendto, SYS_sendmsg};
  static const long all[] = {SYS_socket,  SYS_sendto, SYS_getrandom, SYS_readlinkat, SYS_getcwd, SYS_uname, SYS_getrusage,
                             SYS_getppid, SYS_getpid,    SYS_statx};
  if (argc < 4) return 2;
  const struct rlimit limit = {strtoul(argv[2], NULL, 10), strtoul(argv[2], NULL, 10)};
  int failed = 0;
  if (strcmp(argv[1], "seccomp") == 0 && strcmp(argv[2], "socket") == 0) failed = refuse(sockets, 4, EPERM);
  else if (strcmp(argv[1], "seccomp") == 0) failed = refuse(all, 10, ENOSYS);
  else if (strcmp(argv[1], "files") == 0) failed = setrlimit(RLIMIT_NOFILE, &limit);
  else if (strcmp(argv[1], "stack") == 0) failed = setrlimit(RLIMIT_STACK, &limit);
  if (failed) {
    perror("confine");
    return 3;
  }
  execv(argv[3], argv + 3);
  perror(argv[3]);
  return 4;
}
