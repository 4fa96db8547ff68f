/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "transport.h"

/* TLS 1.3 by the system's OpenSSL: `make tls`. Without it, every call fails. */
bool tls_prepare(const char *authorities);
/* On a connected socket that does not block; waits until the deadline, in EVENT_CLOCK. */
bool tls_open(struct transport *transport, const char *host, unsigned timeout_ms, char *error, size_t error_size);
ssize_t tls_read(struct transport *transport, void *bytes, size_t size);
ssize_t tls_write(struct transport *transport, const void *bytes, size_t size);
void tls_close(struct transport *transport);
