/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tls.h"

#include <errno.h>
#include <stdio.h>

#ifdef OGRT_TLS
#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include "../base/clock.h"

static SSL_CTX *context;

bool transport_has_tls(void) { return true; }

static const char *reason(void) {
  const unsigned long code = ERR_get_error();
  const char *text = code == 0 ? NULL : ERR_reason_error_string(code);
  return text == NULL ? "the connection ended" : text;
}

bool tls_prepare(const char *authorities) {
  context = SSL_CTX_new(TLS_client_method());
  const bool is_loaded = context != NULL && SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1 &&
                         (authorities == NULL ? SSL_CTX_set_default_verify_paths(context)
                                              : SSL_CTX_load_verify_file(context, authorities)) == 1;
  if (!is_loaded) {
    fprintf(stderr, "ogrt-agent: cannot load certificates of authorities: %s\n", reason());
    return false;
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, NULL);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  return true;
}

/* The certificate must be valid for the name, or the address, by which the collector is reached. */
static bool set_host(SSL *tls, const char *host) {
  struct in6_addr address;
  if (inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1) {
    return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls), host) == 1;
  }
  return SSL_set1_host(tls, host) == 1 && SSL_set_tlsext_host_name(tls, host) == 1;
}

bool tls_open(struct transport *transport, const char *host, unsigned timeout_ms, char *error, size_t error_size) {
  const uint64_t deadline = now_ns() + (uint64_t)timeout_ms * NS_PER_MS;
  SSL *tls = context == NULL ? NULL : SSL_new(context);
  transport->tls = tls;
  ERR_clear_error();
  if (tls == NULL || !set_host(tls, host) || SSL_set_fd(tls, transport->fd) != 1) {
    snprintf(error, error_size, "TLS: %s", reason());
    return false;
  }
  for (;;) {
    const int result = SSL_connect(tls);
    if (result == 1) return true;
    const int wanted = SSL_get_error(tls, result);
    struct pollfd ready = {.fd = transport->fd, .events = wanted == SSL_ERROR_WANT_WRITE ? POLLOUT : POLLIN};
    const uint64_t now = now_ns();
    if ((wanted != SSL_ERROR_WANT_READ && wanted != SSL_ERROR_WANT_WRITE) || now >= deadline) {
      const long verdict = SSL_get_verify_result(tls);
      const char *why = verdict == X509_V_OK ? (now >= deadline ? "timeout" : reason()) : X509_verify_cert_error_string(verdict);
      snprintf(error, error_size, "TLS: %s", why);
      return false;
    }
    poll(&ready, 1, (int)((deadline - now) / NS_PER_MS) + 1);
  }
}

static ssize_t result_of(struct transport *transport, int result) {
  if (result > 0) return result;
  const int wanted = SSL_get_error(transport->tls, result);
  ERR_clear_error();
  if (wanted == SSL_ERROR_ZERO_RETURN) return 0;
  transport->wants_write = wanted == SSL_ERROR_WANT_WRITE;
  errno = wanted == SSL_ERROR_WANT_READ || wanted == SSL_ERROR_WANT_WRITE ? EAGAIN : EIO;
  return -1;
}

ssize_t tls_read(struct transport *transport, void *bytes, size_t size) {
  return result_of(transport, SSL_read(transport->tls, bytes, (int)size));
}

ssize_t tls_write(struct transport *transport, const void *bytes, size_t size) {
  return result_of(transport, SSL_write(transport->tls, bytes, (int)size));
}

void tls_close(struct transport *transport) {
  SSL_free(transport->tls);
  transport->tls = NULL;
}
#else
bool transport_has_tls(void) { return false; }

bool tls_prepare(const char *authorities) {
  (void)authorities;
  return true;
}

bool tls_open(struct transport *transport, const char *host, unsigned timeout_ms, char *error, size_t error_size) {
  (void)transport, (void)host, (void)timeout_ms;
  snprintf(error, error_size, "this agent was built without TLS");
  return false;
}

ssize_t tls_read(struct transport *transport, void *bytes, size_t size) {
  (void)transport, (void)bytes, (void)size;
  errno = EIO;
  return -1;
}

ssize_t tls_write(struct transport *transport, const void *bytes, size_t size) {
  (void)transport, (void)bytes, (void)size;
  errno = EIO;
  return -1;
}

void tls_close(struct transport *transport) { (void)transport; }
#endif
