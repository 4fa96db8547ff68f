/*
 * A collector that hangs: a UDP socket with a full buffer, and a unix stream socket, at the path in the argument, with a
 * full backlog. Prints the UDP port when both are ready, and runs until its standard input ends.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int main(int argc, char **argv) {
  struct sockaddr_in internet = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct sockaddr_un local = {.sun_family = AF_UNIX};
  socklen_t size = sizeof internet;
  const int smallest = 1;
  static char filling[60000];
  if (argc != 2 || strlen(argv[1]) >= sizeof local.sun_path) return 2;
  strcpy(local.sun_path, argv[1]);

  const int datagrams = socket(AF_INET, SOCK_DGRAM, 0);
  setsockopt(datagrams, SOL_SOCKET, SO_RCVBUF, &smallest, sizeof smallest);
  if (bind(datagrams, (struct sockaddr *)&internet, size) != 0) return 1;
  getsockname(datagrams, (struct sockaddr *)&internet, &size);
  for (int i = 0; i < 50; i++) sendto(datagrams, filling, i < 10 ? sizeof filling : 1, MSG_DONTWAIT, (struct sockaddr *)&internet, size);

  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&local, sizeof local) != 0 || listen(listener, 0) != 0) return 1;
  for (int i = 0; i < 8; i++) {
    const int waiting = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (connect(waiting, (struct sockaddr *)&local, sizeof local) != 0) break;
  }
  printf("%d\n", ntohs(internet.sin_port));
  fflush(stdout);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) { }
  return 0;
}
