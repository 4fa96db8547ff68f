/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A minimal collector for load tests: accepts streams on a unix socket and counts complete frames.
 *   sink PATH    prints "ready", then at the end of its standard input "START-RECORDS END-RECORDS BROKEN-STREAMS"
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PROCESS_START = 12, PROCESS_END = 16 }; /* message types */
enum { MAX_CONNECTIONS = 4096, MAX_FRAME_BYTES = 65536, FRAME_HEADER_BYTES = 8 };

struct connection {
  size_t size;
  unsigned char bytes[MAX_FRAME_BYTES];
};

static struct connection *connections[MAX_CONNECTIONS];
static unsigned long starts, ends, broken;

static uint32_t big_endian(const unsigned char *bytes) {
  uint32_t value;
  memcpy(&value, bytes, sizeof value);
  return ntohl(value);
}

static void count_frames(struct connection *connection) {
  while (connection->size >= FRAME_HEADER_BYTES) {
    const size_t whole = FRAME_HEADER_BYTES + (size_t)big_endian(connection->bytes + 4);
    if (whole > connection->size) return;
    starts += big_endian(connection->bytes) == PROCESS_START;
    ends += big_endian(connection->bytes) == PROCESS_END;
    memmove(connection->bytes, connection->bytes + whole, connection->size - whole);
    connection->size -= whole;
  }
}

static void close_connection(int descriptor) {
  broken += connections[descriptor]->size != 0;
  free(connections[descriptor]);
  connections[descriptor] = NULL;
  close(descriptor);
}

static void receive_bytes(int descriptor) {
  struct connection *connection = connections[descriptor];
  for (;;) {
    const ssize_t got = recv(descriptor, connection->bytes + connection->size, MAX_FRAME_BYTES - connection->size, MSG_DONTWAIT);
    if (got < 0 && errno == EAGAIN) return;
    if (got <= 0) break;
    connection->size += (size_t)got;
    count_frames(connection);
  }
  close_connection(descriptor);
}

int main(int argc, char **argv) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (argc != 2 || strlen(argv[1]) >= sizeof address.sun_path) return 2;
  strcpy(address.sun_path, argv[1]);
  const int listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int events = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener};
  if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 || listen(listener, 4096) != 0 ||
      epoll_ctl(events, EPOLL_CTL_ADD, listener, &event) != 0) {
    perror("sink");
    return 1;
  }
  event.data.fd = STDIN_FILENO;
  epoll_ctl(events, EPOLL_CTL_ADD, STDIN_FILENO, &event);
  puts("ready");
  fflush(stdout);

  int ending = 0;
  for (;;) {
    struct epoll_event ready[64];
    const int count = epoll_wait(events, ready, 64, ending ? 0 : -1);
    if (count == 0 && ending) break;
    for (int i = 0; i < count; i++) {
      const int descriptor = ready[i].data.fd;
      if (descriptor == STDIN_FILENO) {
        char byte;
        if (read(STDIN_FILENO, &byte, 1) > 0) continue;
        ending = 1;
        epoll_ctl(events, EPOLL_CTL_DEL, STDIN_FILENO, NULL);
      } else if (descriptor == listener) {
        for (int next; (next = accept4(listener, NULL, NULL, SOCK_CLOEXEC)) >= 0;) {
          if (next >= MAX_CONNECTIONS || (connections[next] = malloc(sizeof *connections[next])) == NULL) return 1;
          connections[next]->size = 0;
          event.data.fd = next;
          epoll_ctl(events, EPOLL_CTL_ADD, next, &event);
        }
      } else {
        receive_bytes(descriptor);
      }
    }
  }
  printf("%lu %lu %lu\n", starts, ends, broken);
  return 0;
}
