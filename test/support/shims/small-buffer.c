/*
 * Stands in for a machine with a low net.core.rmem_max, which is one for all: preloaded, it lets no program ask for a
 * larger receive buffer than SMALL_BUFFER says. What it gets is told by the real kernel.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int setsockopt(int socket, int level, int name, const void *value, socklen_t length) {
  int limited;
  const char *limit = getenv("SMALL_BUFFER");
  if (level == SOL_SOCKET && name == SO_RCVBUF && limit != NULL && *(const int *)value > atoi(limit)) {
    limited = atoi(limit);
    value = &limited;
  }
  return (int)syscall(SYS_setsockopt, socket, level, name, value, length);
}
