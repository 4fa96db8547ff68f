/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transport.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tls.h"

/* Without an answer to what was sent for so long, a connection is dead (tcp(7), TCP_USER_TIMEOUT). */
enum { CONNECT_TIMEOUT_MS = 5000, DEAD_MS = 30000, KEEPALIVE_S = 10 };

/* Digits and dots after 127: no name of another machine looks so. */
static bool is_loopback_name(const char *host) {
  if (strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0) return true;
  return strncmp(host, "127.", 4) == 0 && strspn(host, "0123456789.") == strlen(host);
}

static bool split(const char *text, struct address *address) {
  const char *colon = strrchr(text, ':');
  if (colon == NULL || colon == text || strlen(colon + 1) == 0 || strlen(colon + 1) >= sizeof address->port) return false;
  size_t size = (size_t)(colon - text);
  if (text[0] == '[' && text[size - 1] == ']') {
    text++;
    size -= 2;
  }
  if (size == 0 || size >= sizeof address->host) return false;
  memcpy(address->host, text, size);
  address->host[size] = '\0';
  strcpy(address->port, colon + 1);
  for (const char *at = address->port; *at != '\0'; at++) {
    if (*at < '0' || *at > '9') return false;
  }
  return true;
}

bool address_parse(const char *text, struct address *address) {
  *address = (struct address){.kind = TRANSPORT_LOOPBACK};
  if (strncmp(text, "unix:", 5) == 0) {
    address->kind = TRANSPORT_UNIX;
    const size_t size = strlen(text + 5);
    if (size == 0 || size >= sizeof ((struct sockaddr_un *)0)->sun_path) return false;
    strcpy(address->host, text + 5);
    return true;
  }
  if (strncmp(text, "tls:", 4) == 0) {
    address->kind = TRANSPORT_TLS;
    return split(text + 4, address);
  }
  return split(text, address) && is_loopback_name(address->host);
}

bool transport_prepare(const char *authorities) { return tls_prepare(authorities); }

/* Connects a socket that does not block. */
static int connect_to(const struct sockaddr *address, socklen_t size) {
  const int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  int error = connect(fd, address, size) == 0 ? 0 : errno;
  if (error == EINPROGRESS) {
    struct pollfd ready = {.fd = fd, .events = POLLOUT};
    socklen_t length = sizeof error;
    if (poll(&ready, 1, CONNECT_TIMEOUT_MS) <= 0)
      error = ETIMEDOUT;
    else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) != 0)
      error = errno;
  }
  if (error == 0) return fd;
  close(fd);
  errno = error;
  return -1;
}

static int connect_unix(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  memcpy(address.sun_path, path, strlen(path) + 1);
  return connect_to((const struct sockaddr *)&address, sizeof address);
}

/* An address of this machine, without asking anybody: a name might lead to another one. */
static int connect_loopback(const struct address *wanted) {
  struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(wanted->port))};
  struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = v4.sin_port};
  const char *host = strcmp(wanted->host, "localhost") == 0 ? "127.0.0.1" : wanted->host;
  if (inet_pton(AF_INET, host, &v4.sin_addr) == 1) return connect_to((const struct sockaddr *)&v4, sizeof v4);
  if (inet_pton(AF_INET6, host, &v6.sin6_addr) == 1) return connect_to((const struct sockaddr *)&v6, sizeof v6);
  errno = EINVAL;
  return -1;
}

#ifdef OGRT_TLS
static int connect_name(const struct address *wanted, char *error, size_t error_size) {
  const struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
  struct addrinfo *list;
  const int result = getaddrinfo(wanted->host, wanted->port, &hints, &list);
  if (result != 0) {
    snprintf(error, error_size, "%s", gai_strerror(result));
    return -1;
  }
  int fd = -1;
  for (const struct addrinfo *at = list; fd < 0 && at != NULL; at = at->ai_next) {
    fd = connect_to(at->ai_addr, at->ai_addrlen);
    if (fd < 0) snprintf(error, error_size, "%s", strerror(errno));
  }
  freeaddrinfo(list);
  return fd;
}
#else
/* A static program cannot ask name services, and without TLS it need not. */
static int connect_name(const struct address *wanted, char *error, size_t error_size) {
  (void)wanted;
  snprintf(error, error_size, "this agent was built without TLS");
  return -1;
}
#endif

/* Finds out when the other side is gone. */
static void watch_peer(int fd) {
  const int on = 1, dead = DEAD_MS, idle = KEEPALIVE_S;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &dead, sizeof dead);
  setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
  setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

bool transport_open(struct transport *transport, const struct address *address, char *error, size_t error_size) {
  *transport = (struct transport){.fd = -1};
  error[0] = '\0';
  if (address->kind == TRANSPORT_TLS)
    transport->fd = connect_name(address, error, error_size);
  else
    transport->fd = address->kind == TRANSPORT_UNIX ? connect_unix(address->host) : connect_loopback(address);
  if (transport->fd < 0) {
    if (error[0] == '\0') snprintf(error, error_size, "%s", strerror(errno));
    return false;
  }
  if (address->kind != TRANSPORT_UNIX) watch_peer(transport->fd);
  if (address->kind != TRANSPORT_TLS) return true;
  if (tls_open(transport, address->host, CONNECT_TIMEOUT_MS, error, error_size)) return true;
  transport_close(transport);
  return false;
}

ssize_t transport_read(struct transport *transport, void *bytes, size_t size) {
  transport->wants_write = false;
  if (transport->tls != NULL) return tls_read(transport, bytes, size);
  return recv(transport->fd, bytes, size, 0);
}

ssize_t transport_write(struct transport *transport, const void *bytes, size_t size) {
  transport->wants_write = false;
  if (transport->tls != NULL) return tls_write(transport, bytes, size);
  return send(transport->fd, bytes, size, MSG_NOSIGNAL);
}

void transport_close(struct transport *transport) {
  if (transport->tls != NULL) tls_close(transport);
  if (transport->fd >= 0) close(transport->fd);
  transport->fd = -1;
}
