/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs a program COUNT times, PARALLEL at once, and prints the time in nanoseconds: storm COUNT PARALLEL PROGRAM */
#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  const int count = atoi(argv[1]), parallel = atoi(argv[2]);
  const long start = now();
  for (int started = 0, running = 0; started < count || running > 0;) {
    if (started < count && running < parallel) {
      pid_t child;
      if (posix_spawn(&child, argv[3], NULL, NULL, argv + 3, environ) != 0) return 1;
      started++;
      running++;
      continue;
    }
    int status;
    if (wait(&status) < 0 || status != 0) return 1;
    running--;
  }
  printf("%ld\n", now() - start);
  return 0;
}
