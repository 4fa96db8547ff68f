import { join } from "node:path";
import { stampSource } from "../../native-preload/support/stamp.js";
import { have, run, source } from "../../support/toolchain.js";

/** Ends as its first argument says, after its second argument in milliseconds. */
const ENDING = `
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>
int main(int count, char **arguments) {
  if (count > 2) usleep(1000 * atoi(arguments[2]));
  if (count < 2) return 0;
  if (strcmp(arguments[1], "core") == 0) {
    struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
    getrlimit(RLIMIT_CORE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_CORE, &limit);
    raise(SIGSEGV);
  }
  if (strcmp(arguments[1], "kill") == 0) raise(SIGKILL);
  return atoi(arguments[1]);
}
`;

/** Its second thread executes its arguments while the first one waits, or has ended. */
const THREADS = `
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
static char **command;
static void *execute(void *unused) {
  usleep(30000);
  execv(command[0], command);
  return unused;
}
static void *wait(void *unused) {
  usleep(20000);
  return unused;
}
int main(int count, char **arguments) {
  pthread_t threads[8];
  if (count > 2) {
    command = arguments + 2;
    pthread_create(threads, NULL, execute, NULL);
    for (int i = 1; i < 8; i++) pthread_create(threads + i, NULL, wait, NULL);
    if (strcmp(arguments[1], "ended") == 0) pthread_exit(NULL);
    sleep(10);
    return 9;
  }
  for (int i = 0; i < 8; i++) pthread_create(threads + i, NULL, wait, NULL);
  pthread_exit(NULL);
}
`;

/** Forks its first argument times; the children end by what the second says, and the third is that of the parent. */
const FORKS = `
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int count, char **arguments) {
  (void)count;
  for (int i = atoi(arguments[1]); i > 0; i--) {
    if (fork() != 0) continue;
    if (strcmp(arguments[2], "kill") == 0) raise(SIGKILL);
    if (strcmp(arguments[2], "outlive") == 0) usleep(1500000);
    _exit(atoi(arguments[2]));
  }
  if (strcmp(arguments[2], "outlive") == 0) return 0;
  while (wait(NULL) > 0) {}
  return 0;
}
`;

/** Starts /bin/true its first argument times by vfork, and prints how many it has started. */
const VFORKS = `
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int count, char **arguments) {
  (void)count;
  int started = 0;
  for (int i = atoi(arguments[1]); i > 0; i--) {
    const pid_t child = vfork();
    if (child == 0) {
      execl("/bin/true", "storm", (char *)NULL);
      _exit(127);
    }
    int status;
    if (child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0) started++;
  }
  printf("%d\\n", started);
  return 0;
}
`;

/** Executes a copy of its first argument that has no name any more, with the rest as arguments. */
const NAMELESS = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>
int main(int count, char **arguments) {
  (void)count;
  const int from = open(arguments[1], O_RDONLY);
  struct stat stat;
  fstat(from, &stat);
  if (strcmp(arguments[0], "deleted") == 0) {
    char path[4096];
    snprintf(path, sizeof path, "%s.copy", arguments[1]);
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);
    sendfile(to, from, NULL, stat.st_size);
    close(to);
    to = open(path, O_PATH | O_CLOEXEC);
    unlink(path);
    fexecve(to, arguments + 1, (char *[]){NULL});
  } else {
    const int to = memfd_create("nameless", MFD_CLOEXEC);
    sendfile(to, from, NULL, stat.st_size);
    fexecve(to, arguments + 1, (char *[]){NULL});
  }
  return 99;
}
`;

const GO = `package main
func main() {}
`;

/** Programs of the tests in a folder, each with a stamp of its own where `uuid` is given. */
export function programs(folder: string) {
  const at = (name: string) => join(folder, name);
  const compile = (name: string, text: string, ...flags: string[]) => {
    run("gcc", "-O1", "-o", at(name), source(folder, `${name}.c`, text), "-Wl,--build-id", ...flags);
    return at(name);
  };
  return {
    at,
    /** A program that ends as told, with this stamp. */
    ending: (name: string, uuid: string, ...flags: string[]) =>
      compile(name, ENDING, source(folder, `${name}-stamp.s`, stampSource(uuid)), ...flags),
    threads: () => compile("threads", THREADS, "-pthread"),
    forks: () => compile("forks", FORKS),
    vforks: () => compile("vforks", VFORKS),
    nameless: () => compile("nameless", NAMELESS),
    go: (): string | undefined => {
      if (!have("go")) return undefined;
      run(
        "sh",
        "-c",
        `cd '${folder}' && GOCACHE='${at("cache")}' GO111MODULE=off CGO_ENABLED=0 "$@"`,
        "sh",
        "go",
        "build",
        "-o",
        at("gone"),
        source(folder, "gone.go", GO),
      );
      return at("gone");
    },
  };
}
