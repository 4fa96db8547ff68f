/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Starts a program by posix_spawn(3), one after the other, and prints the median of the time from its start to its end,
 * and the mean of the CPU time that starting and running it took, both in nanoseconds. The second one does not hold
 * the time for which other programs had the CPU. With a third argument, starts that many a second.
 *
 *   storm COUNT PROGRAM [RATE]
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

/* CPU time of this process and its children. The kernel tells the sum of user and system time exactly. */
static long cpu_time(void) {
  long sum = 0;
  const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
  for (int i = 0; i < 2; i++) {
    struct rusage usage;
    getrusage(whose[i], &usage);
    sum += (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000L + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
  }
  return sum * 1000L;
}

static int compare(const void *a, const void *b) {
  const long x = *(const long *)a, y = *(const long *)b;
  return (x > y) - (x < y);
}

static void wait_until(long time) {
  const struct timespec until = {time / 1000000000L, time % 1000000000L};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
}

int main(int count, char **arguments) {
  const long rounds = count > 2 ? atol(arguments[1]) : 0, rate = count > 3 ? atol(arguments[3]) : 0;
  long *samples = calloc((size_t)(rounds > 0 ? rounds : 1), sizeof *samples);
  if (rounds < 1 || samples == NULL) return 2;
  const long begun = now(), cpu_begun = cpu_time();
  for (long i = 0; i < rounds; i++) {
    char *command[] = {arguments[2], NULL};
    pid_t child;
    int status;
    if (rate > 0) wait_until(begun + i * (1000000000L / rate));
    const long start = now();
    if (posix_spawn(&child, arguments[2], NULL, NULL, command, environ) != 0) return 1;
    if (waitpid(child, &status, 0) != child || status != 0) return 1;
    samples[i] = now() - start;
  }
  const long cpu = cpu_time() - cpu_begun;
  qsort(samples, (size_t)rounds, sizeof *samples, compare);
  printf("%ld %ld\n", samples[rounds / 2], cpu / rounds);
  return 0;
}
