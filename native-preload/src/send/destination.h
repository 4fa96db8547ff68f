/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

enum transport { TRANSPORT_NONE, TRANSPORT_DATAGRAM, TRANSPORT_STREAM };

/* Parsed address of a collector. */
struct destination {
  uint8_t transport;
  uint8_t address_size;
  union {
    struct sockaddr any;
    struct sockaddr_in ipv4;
    struct sockaddr_in6 ipv6;
    struct sockaddr_un local;
  } address;
};

/*
 * Parses udp://192.0.2.1:7971, udp://[2001:db8::1]:7971, tcp://… or unix:///run/ogrt.sock; false for anything else.
 * Addresses must be numeric, because resolving a name would make every process query a name server. The port is
 * optional.
 */
bool parse_destination(const char *text, struct destination *destination);
