/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "destination.h"

#include <stddef.h>

#include "../base/decimal.h"
#include "../base/memory.h"

enum { DEFAULT_PORT = 7971, IPV6_GROUPS = 8 };

/* Moves `*at` behind a literal if the text begins with it. */
#define skip_prefix(at, literal) skip_bytes((at), (literal), sizeof(literal) - 1)
static inline bool skip_bytes(const char **at, const char *prefix, size_t length) {
  if (!same_bytes(*at, prefix, length)) return false;
  *at += length;
  return true;
}

static bool parse_ipv4(const char **at, uint8_t bytes[4]) {
  for (unsigned i = 0; i < 4; i++) {
    uint32_t number;
    if (i > 0 && !skip_prefix(at, ".")) return false;
    if (!parse_decimal(at, 255, &number)) return false;
    bytes[i] = (uint8_t)number;
  }
  return true;
}

static int hex_value(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

/* RFC 4291 section 2.2: eight groups; "::" replaces one run of zeros; the last two may be an IPv4 address. */
COLD static bool parse_ipv6(const char **at, uint8_t bytes[16]) {
  uint8_t groups[16];
  unsigned count = 0;
  unsigned gap = IPV6_GROUPS + 1;
  bool wants_group = true;
  if (skip_prefix(at, "::")) {
    gap = 0;
    wants_group = false;
  }
  while (count < IPV6_GROUPS && hex_value(**at) >= 0) {
    const char *start = *at;
    wants_group = false;
    if (count + 2 <= IPV6_GROUPS && parse_ipv4(at, &groups[(size_t)count * 2])) {
      count += 2;
      break;
    }
    *at = start;
    unsigned value = 0;
    for (unsigned i = 0; i < 4 && hex_value(**at) >= 0; i++) value = value * 16 + (unsigned)hex_value(*(*at)++);
    groups[(size_t)count * 2] = (uint8_t)(value >> 8);
    groups[(size_t)count * 2 + 1] = (uint8_t)value;
    count++;
    if (gap > IPV6_GROUPS && skip_prefix(at, "::")) {
      gap = count;
    } else {
      wants_group = skip_prefix(at, ":");
      if (!wants_group) break;
    }
  }
  if (wants_group) return false;
  if (gap > IPV6_GROUPS ? count != IPV6_GROUPS : count >= IPV6_GROUPS) return false;
  if (gap > count) gap = count;
  const unsigned tail = count - gap;
  memset(bytes, 0, 16);
  memcpy(bytes, groups, (size_t)gap * 2);
  memcpy(bytes + 16 - (size_t)tail * 2, groups + (size_t)gap * 2, (size_t)tail * 2);
  return true;
}

static bool parse_port(const char **at, uint16_t *port) {
  uint32_t number = DEFAULT_PORT;
  if (skip_prefix(at, ":") && !parse_decimal(at, 65535, &number)) return false;
  if (**at != '\0' || number == 0) return false;
  uint8_t *bytes = (uint8_t *)port; /* network byte order */
  bytes[0] = (uint8_t)(number >> 8);
  bytes[1] = (uint8_t)number;
  return true;
}

static bool parse_internet(const char *text, struct destination *destination) {
  if (skip_prefix(&text, "[")) {
    struct sockaddr_in6 *address = &destination->address.ipv6;
    uint32_t scope = 0;
    address->sin6_family = AF_INET6;
    destination->address_size = sizeof *address;
    if (!parse_ipv6(&text, address->sin6_addr.s6_addr)) return false;
    if (skip_prefix(&text, "%") && !parse_decimal(&text, UINT32_MAX / 10 - 1, &scope)) return false;
    address->sin6_scope_id = scope;
    return skip_prefix(&text, "]") && parse_port(&text, &address->sin6_port);
  }
  struct sockaddr_in *address = &destination->address.ipv4;
  address->sin_family = AF_INET;
  destination->address_size = sizeof *address;
  return parse_ipv4(&text, (uint8_t *)&address->sin_addr) && parse_port(&text, &address->sin_port);
}

COLD static bool parse_local(const char *text, struct destination *destination) {
  struct sockaddr_un *address = &destination->address.local;
  const size_t length = text_length(text);
  if (text[0] != '/' || length >= sizeof address->sun_path) return false;
  address->sun_family = AF_UNIX;
  memcpy(address->sun_path, text, length + 1);
  destination->address_size = (uint8_t)(offsetof(struct sockaddr_un, sun_path) + length + 1);
  return true;
}

bool parse_destination(const char *text, struct destination *destination) {
  memset(destination, 0, sizeof *destination);
  bool valid = false;
  uint8_t transport = TRANSPORT_STREAM;
  if (skip_prefix(&text, "udp://")) {
    transport = TRANSPORT_DATAGRAM;
    valid = parse_internet(text, destination);
  } else if (skip_prefix(&text, "tcp://")) {
    valid = parse_internet(text, destination);
  } else if (skip_prefix(&text, "unix://")) {
    valid = parse_local(text, destination);
  }
  if (valid) destination->transport = transport;
  return valid;
}
