/* Programs that end in ways that a destructor must survive: ending KIND. The exit status is 42 unless something broke. */
#define _GNU_SOURCE
#include <link.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void leave(int signal) { exit(42); }

/* An alternate signal stack of `size` bytes above an unreadable page. */
static void on_signal_stack(size_t size) {
  char *memory = mmap(NULL, 1 << 16, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(memory, 4096, PROT_NONE);
  const stack_t stack = {.ss_sp = memory + 4096, .ss_size = size};
  if (sigaltstack(&stack, NULL) != 0) exit(1);
  const struct sigaction action = {.sa_handler = leave, .sa_flags = SA_ONSTACK};
  sigaction(SIGUSR1, &action, NULL);
  raise(SIGUSR1);
}

static volatile int inside;
static int wait_inside(struct dl_phdr_info *object, size_t size, void *data) {
  inside = 1;
  pause();
  return 0;
}
static void *hold_loader(void *argument) {
  dl_iterate_phdr(wait_inside, NULL);
  return NULL;
}

static void *leave_thread(void *argument) { exit(42); }

/* Children of every kind: only the process that has sent the start record may send the end record. */
static int child_of(int flags) {
  const long child = syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, NULL);
  if (child == 0) exit(0);
  int status = 0;
  return child < 0 || waitpid((pid_t)child, &status, 0) != child || status != 0;
}

int main(int argc, char **argv) {
  const char *kind = argv[1];
  pthread_t thread;
  puts(kind);
  if (strcmp(kind, "signal-stack") == 0) on_signal_stack(8192);
  if (strcmp(kind, "smallest-signal-stack") == 0) on_signal_stack(getauxval(AT_MINSIGSTKSZ) + 3072);
  if (strcmp(kind, "unmapped-vdso") == 0) munmap((void *)getauxval(AT_SYSINFO_EHDR), 8192);
  if (strcmp(kind, "held-loader") == 0) {
    pthread_create(&thread, NULL, hold_loader, NULL);
    while (!inside) usleep(1000);
  }
  if (strcmp(kind, "two-exits") == 0) {
    pthread_create(&thread, NULL, leave_thread, NULL);
    exit(42);
  }
  if (strcmp(kind, "raw-clone") == 0 && child_of(0) != 0) return 1;
  if (strcmp(kind, "pid-namespace") == 0 && child_of(CLONE_NEWPID) != 0) return 1;
  return 42;
}
