/*
 * A preload library that simulates a low net.core.rmem_max, which cannot be set for one program. It limits the receive
 * buffer that a program can request to SMALL_BUFFER bytes. The kernel reports the resulting size.
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
