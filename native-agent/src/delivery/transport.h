/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Where a collector listens: `unix:PATH`, `HOST:PORT` for a loopback address, or `tls:HOST:PORT`. */
enum transport_kind { TRANSPORT_UNIX, TRANSPORT_LOOPBACK, TRANSPORT_TLS };
struct address {
  enum transport_kind kind;
  char host[256]; /* or the path of a unix socket */
  char port[8];
};

/* False for a text that is not an address, or one that would send a token in clear over a network. */
bool address_parse(const char *text, struct address *address);

/* Loads the certificates of authorities: a PEM file, or those of the system. False with a line on stderr. */
bool transport_prepare(const char *authorities);
bool transport_has_tls(void);

struct transport {
  int fd; /* -1: closed */
  void *tls;
  bool wants_write; /* a TLS read or write waits until the socket can be written */
};

/* Connects within a few seconds. False with the reason in `error`. */
bool transport_open(struct transport *transport, const struct address *address, char *error, size_t error_size);
/* Like read(2) and write(2) on a socket that does not block: -1 with EAGAIN. */
ssize_t transport_read(struct transport *transport, void *bytes, size_t size);
ssize_t transport_write(struct transport *transport, const void *bytes, size_t size);
void transport_close(struct transport *transport);
