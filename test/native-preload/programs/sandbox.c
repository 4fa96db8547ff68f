/*
 * Programs that allow themselves what they need, are killed for every other system call, and end: sandbox KIND. Prints
 * "sandboxed", and exits with 5 unless the kernel kills it.
 */
#define _GNU_SOURCE
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const long allowed[] = {SYS_read, SYS_write, SYS_exit_group, SYS_exit,         SYS_brk,   SYS_newfstatat, SYS_writev,
                               SYS_mmap, SYS_fstat, SYS_munmap,     SYS_rt_sigreturn, SYS_close, SYS_futex,      SYS_ioctl};
enum { ALLOWED = sizeof allowed / sizeof allowed[0] };

/* An allowlist; everything else is answered with `action`. */
static int confine(unsigned action, unsigned flags) {
  struct sock_filter filter[2 * ALLOWED + 2];
  unsigned size = 0;
  filter[size++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (unsigned i = 0; i < ALLOWED; i++) {
    filter[size++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)allowed[i], 0, 1);
    filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  }
  filter[size++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action);
  const struct sock_fprog program = {(unsigned short)size, filter};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return 1;
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program) != 0;
}

/* From a thread that stays: to be created and to end takes more. */
static volatile int created, confined;
static void *confine_all(void *argument) {
  static int never;
  while (!created) continue;
  confined = confine(SECCOMP_RET_KILL_PROCESS, SECCOMP_FILTER_FLAG_TSYNC) == 0 ? 1 : -1;
  for (;;) syscall(SYS_futex, &never, 0, 0, NULL);
}

#ifdef WITH_LIBSECCOMP
/* As in seccomp.h. */
void *seccomp_init(uint32_t action);
int seccomp_rule_add(void *filter, uint32_t action, int call, unsigned count, ...);
int seccomp_load(const void *filter);
static int confine_by_library(void) {
  void *filter = seccomp_init(SECCOMP_RET_KILL_PROCESS);
  for (unsigned i = 0; i < ALLOWED; i++) seccomp_rule_add(filter, SECCOMP_RET_ALLOW, (int)allowed[i], 0);
  return seccomp_load(filter) != 0;
}
#else
static int confine_by_library(void) { return 1; }
#endif

int main(int argc, char **argv) {
  pthread_t thread;
  const char *kind = argv[1];
  int failed = 0;
  char *volatile memory = malloc(1); /* malloc makes some system calls once */
  free(memory);
  if (strcmp(kind, "kill-process") == 0) failed = confine(SECCOMP_RET_KILL_PROCESS, 0);
  if (strcmp(kind, "kill-thread") == 0) failed = confine(SECCOMP_RET_KILL_THREAD, 0);
  if (strcmp(kind, "errno") == 0) failed = confine(SECCOMP_RET_ERRNO | 1, 0);
  if (strcmp(kind, "trap") == 0) failed = confine(SECCOMP_RET_TRAP, 0);
  if (strcmp(kind, "strict") == 0) failed = prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT);
  if (strcmp(kind, "library") == 0) failed = confine_by_library();
  if (strcmp(kind, "another-thread") == 0) {
    failed = pthread_create(&thread, NULL, confine_all, NULL) != 0;
    created = 1;
    while (!failed && confined == 0) continue;
    failed |= confined < 0;
  }
  if (failed) return 3;
  printf("sandboxed\n");
  return 5;
}
