/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Measures the time of a program under several environments. The runs are interleaved, so that other load on the
 * machine affects all of them equally.
 *
 *   spawn ROUNDS {-v LABEL [NAME=VALUE]...}... -- PROGRAM [ARGUMENT]...
 *
 * Adds NAME=VALUE to the environment; @PORT in it stands for the port of a UDP socket that this process drains. Prints
 * per variant: label, median, 10th and 90th percentile in nanoseconds, number of received datagrams.
 */
#include <arpa/inet.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_VARIANTS = 16, MAX_VARIABLES = 512, WARM_UP_ROUNDS = 3 };

extern char **environ;

struct variant {
  const char *label;
  char *environment[MAX_VARIABLES];
  unsigned size;
  long *samples;
  unsigned long received;
};

static struct variant variants[MAX_VARIANTS];

static long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000L + time.tv_nsec;
}

static int ascending(const void *left, const void *right) {
  const long a = *(const long *)left, b = *(const long *)right;
  return (a > b) - (a < b);
}

static int open_sink(unsigned *port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  const int sink = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (sink < 0 || bind(sink, (struct sockaddr *)&address, size) != 0 ||
      getsockname(sink, (struct sockaddr *)&address, &size) != 0) {
    perror("sink");
    exit(1);
  }
  *port = ntohs(address.sin_port);
  return sink;
}

static void add(struct variant *variant, const char *text, unsigned port) {
  const char *placeholder = strstr(text, "@PORT");
  char *copy = malloc(strlen(text) + 16);
  if (copy == NULL || variant->size + 1 >= MAX_VARIABLES) exit(1);
  if (placeholder == NULL) strcpy(copy, text);
  else sprintf(copy, "%.*s%u%s", (int)(placeholder - text), text, port, placeholder + 5);
  variant->environment[variant->size++] = copy;
}

static long time_once(struct variant *variant, char **command) {
  pid_t child;
  int status;
  const long start = now();
  if (posix_spawn(&child, command[0], NULL, NULL, command, variant->environment) != 0) {
    perror(command[0]);
    exit(1);
  }
  if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "%s failed under %s\n", command[0], variant->label);
    exit(1);
  }
  return now() - start;
}

int main(int argc, char **argv) {
  unsigned port, count = 0;
  const int sink = open_sink(&port);
  const int rounds = argc > 1 ? atoi(argv[1]) : 0;
  int at = 2;
  while (at < argc && strcmp(argv[at], "-v") == 0 && count < MAX_VARIANTS) {
    struct variant *variant = &variants[count++];
    variant->label = argv[at + 1];
    variant->samples = calloc((size_t)rounds, sizeof *variant->samples);
    for (char **entry = environ; *entry != NULL; entry++) add(variant, *entry, port);
    for (at += 2; at < argc && argv[at][0] != '-'; at++) add(variant, argv[at], port);
  }
  if (rounds < 1 || count == 0 || at + 1 >= argc) {
    fprintf(stderr, "usage: spawn ROUNDS {-v LABEL [NAME=VALUE]...}... -- PROGRAM [ARGUMENT]...\n");
    return 2;
  }
  char **command = &argv[at + 1];
  static char datagram[65536];
  for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
    for (unsigned i = 0; i < count; i++) {
      const long time = time_once(&variants[i], command);
      while (recv(sink, datagram, sizeof datagram, MSG_DONTWAIT) > 0) variants[i].received += round >= 0;
      if (round >= 0) variants[i].samples[round] = time;
    }
  }
  for (unsigned i = 0; i < count; i++) {
    qsort(variants[i].samples, (size_t)rounds, sizeof(long), ascending);
    printf("%s %ld %ld %ld %lu\n", variants[i].label, variants[i].samples[rounds / 2], variants[i].samples[rounds / 10],
           variants[i].samples[rounds - 1 - rounds / 10], variants[i].received);
  }
  return 0;
}
