/*
 * Prints state that a preload library could have changed: `witness WHAT`. The output must be the same with and without a
 * preload library. It goes to descriptor 9 if that is open, so that the standard streams can be closed.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static int errno_at_start;
static int out;

static void print(const char *format, ...) {
  char line[4096];
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(line, sizeof line, format, arguments);
  if (size >= (int)sizeof line) size = sizeof line - 1;
  va_end(arguments);
  if (write(out, line, (size_t)size) != size) _exit(99);
}

/* Variables that tracking itself needs; all others must be unchanged. */
static int is_for_tracking(const char *entry) { return strncmp(entry, "LD_PRELOAD=", 11) == 0 || strncmp(entry, "OGRT_", 5) == 0; }

static void descriptors(void) {
  for (int fd = 0; fd < 64; fd++) {
    struct stat status;
    if (fd == out || fstat(fd, &status) != 0) continue;
    print("fd %d mode %o flags %x close-on-exec %d\n", fd, status.st_mode, fcntl(fd, F_GETFL), fcntl(fd, F_GETFD));
  }
}

static void signals(void) {
  sigset_t mask, pending;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  sigpending(&pending);
  for (int signal = 1; signal < 65; signal++) {
    struct sigaction action;
    if (sigaction(signal, NULL, &action) != 0) continue;
    print("signal %d default %d ignored %d flags %x blocked %d pending %d\n", signal, action.sa_handler == SIG_DFL,
        action.sa_handler == SIG_IGN, action.sa_flags, sigismember(&mask, signal), sigismember(&pending, signal));
  }
  stack_t stack;
  sigaltstack(NULL, &stack);
  print("alternate stack flags %x size %zu\n", stack.ss_flags, stack.ss_size);
}

static void state(int argc, char **argv) {
  print("errno %d\n", errno_at_start);
  print("locale %s\n", setlocale(LC_ALL, NULL));
  const mode_t mask = umask(0);
  print("umask %o\n", mask);
  for (int i = 1; i < argc; i++) print("argument %s\n", argv[i]);
  for (char **entry = environ; *entry != NULL; entry++) {
    if (!is_for_tracking(*entry)) print("environment %s\n", *entry);
  }
  signals();
  descriptors();
  print("dumpable %d no-new-privileges %d\n", prctl(PR_GET_DUMPABLE), prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  for (int resource = 0; resource < RLIM_NLIMITS; resource++) {
    struct rlimit limit;
    getrlimit(resource, &limit);
    print("limit %d %lu %lu\n", resource, (unsigned long)limit.rlim_cur, (unsigned long)limit.rlim_max);
  }
  for (int timer = 0; timer < 3; timer++) {
    struct itimerval value;
    getitimer(timer, &value);
    print("timer %d %ld\n", timer, value.it_value.tv_sec + value.it_value.tv_usec);
  }
  cpu_set_t cpus;
  sched_getaffinity(0, sizeof cpus, &cpus);
  print("cpus %d policy %d nice %d\n", CPU_COUNT(&cpus), sched_getscheduler(0), getpriority(PRIO_PROCESS, 0));
  char name[16], cwd[4096];
  prctl(PR_GET_NAME, name);
  print("name %s cwd %s\n", name, getcwd(cwd, sizeof cwd));
  DIR *tasks = opendir("/proc/self/task");
  int count = 0;
  for (; tasks != NULL && readdir(tasks) != NULL; count++) { }
  print("threads %d\n", count);
}

/* Prints the permissions of the stack, and mappings that are writable and executable. */
static void mappings(void) {
  FILE *maps = fopen("/proc/self/maps", "r");
  char line[4096];
  while (maps != NULL && fgets(line, sizeof line, maps) != NULL) {
    if (strstr(line, "rwx") != NULL) print("%s", line);
    if (strstr(line, "[stack]") != NULL) print("stack %.4s\n", strchr(line, ' ') + 1);
  }
}

static void *spin(void *loops) {
  for (long i = 0; i < (long)loops; i++) {
    void *library = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
    if (library != NULL) dlclose(library);
  }
  return NULL;
}

static void *leave(void *nothing) {
  (void)nothing;
  exit(12);
}

static int spawn_many(int count, const char *program) {
  char *arguments[] = {(char *)program, NULL};
  for (int i = 0; i < count; i++) {
    pid_t child;
    int status;
    if (posix_spawn(&child, program, NULL, NULL, arguments, environ) != 0) return 1;
    if (waitpid(child, &status, 0) != child || status != 0) return 2;
    child = vfork();
    if (child == 0) {
      execv(program, arguments);
      _exit(3);
    }
    if (waitpid(child, &status, 0) != child || status != 0) return 4;
  }
  return 0;
}

static int fork_many(int count) {
  for (int i = 0; i < count; i++) {
    const pid_t child = fork();
    int status;
    if (child == 0) exit(i % 50); /* runs destructors */
    if (waitpid(child, &status, 0) != child || WEXITSTATUS(status) != i % 50) return 1;
  }
  return 0;
}

int main(int argc, char **argv) {
  errno_at_start = errno;
  out = fcntl(9, F_GETFD) >= 0 ? 9 : 1;
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "state") == 0) state(argc, argv);
  else if (strcmp(what, "maps") == 0) mappings();
  else if (strcmp(what, "rand") == 0) print("%d %d %ld %f\n", rand(), rand(), random(), drand48());
  else if (strcmp(what, "clearenv") == 0) {
    char **old = environ;
    clearenv();
    int count = 0;
    for (; *old != NULL; old++) count += !is_for_tracking(*old);
    setenv("NEW", "1", 1);
    print("old %d new %s\n", count, getenv("NEW"));
  } else if (strcmp(what, "environment") == 0) {
    /* Overwrites memory that the library may still point to. */
    for (char **entry = environ; *entry != NULL; entry++) memset(*entry, 'x', strlen(*entry));
    for (int i = 1; i < argc; i++) memset(argv[i], 'y', strlen(argv[i]));
    environ = NULL;
  } else if (strcmp(what, "close") == 0) {
    for (int fd = 0; fd < 1024; fd++) close(fd);
    /* These become 0, 1 and 2, so stray writes to them end up in the file. */
    open("/dev/null", O_RDONLY);
    if (open(argv[2], O_RDWR | O_CREAT | O_TRUNC, 0600) != 1 || dup(1) != 2) return 1;
    return write(1, "mine\n", 5) != 5;
  } else if (strcmp(what, "no-descriptors") == 0) {
    const struct rlimit none = {0, 0};
    return setrlimit(RLIMIT_NOFILE, &none);
  } else if (strcmp(what, "chroot") == 0) {
    if (chdir("/") != 0) return 1;
  } else if (strcmp(what, "threads") == 0) {
    pthread_t threads[8];
    for (int i = 0; i < 8; i++) pthread_create(&threads[i], NULL, spin, (void *)200L);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
    return 11; /* while four threads are running */
  } else if (strcmp(what, "exit-from-thread") == 0) {
    pthread_t thread;
    pthread_create(&thread, NULL, leave, NULL);
    for (;;) pause();
  } else if (strcmp(what, "spawn") == 0) return spawn_many(60, argv[2]);
  else if (strcmp(what, "fork") == 0) return fork_many(60);
  else if (strcmp(what, "kill") == 0) raise(SIGKILL);
  else if (strcmp(what, "segv") == 0) raise(SIGSEGV);
  else if (strcmp(what, "abort") == 0) abort();
  else if (strcmp(what, "_exit") == 0) _exit(21);
  else if (strcmp(what, "quick_exit") == 0) quick_exit(22);
  else if (strcmp(what, "exec") == 0) {
    char *next[] = {argv[0], (char *)(argc > 2 && argv[2][0] == 'a' ? "state" : "exec"), (char *)(argc > 2 ? "b" : "a"), NULL};
    execv(argv[0], next);
  } else if (strcmp(what, "random") == 0) {
    /* The seed of the stack protector, which no report may contain. */
    const unsigned char *seed = (const unsigned char *)getauxval(AT_RANDOM);
    for (int i = 0; i < 16; i++) print("%02x", seed[i]);
  } else if (strcmp(what, "alarm") == 0) {
    alarm(argc > 2 ? 0 : 100);
    if (argc == 2) execl(argv[0], argv[0], what, "again", (char *)NULL);
  } else if (strcmp(what, "count") == 0) print("%d arguments\n", argc);
  else return 2;
  return 0;
}
