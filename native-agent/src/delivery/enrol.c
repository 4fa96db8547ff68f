/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "enrol.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sha256.h"

enum { TOKEN_BYTES = 32, EXIT_INPUT = 3 };

static void to_hex(const uint8_t *bytes, size_t size, char *text) {
  for (size_t i = 0; i < size; i++) snprintf(text + 2 * i, 3, "%02x", bytes[i]);
}

static int fail(const char *path) {
  fprintf(stderr, "ogrt-agent: %s: %s\n", path, strerror(errno));
  return EXIT_INPUT;
}

int enrol(const char *path, const char *node) {
  uint8_t bytes[TOKEN_BYTES], hash[SHA256_BYTES];
  char token[2 * TOKEN_BYTES + 2], hash_text[2 * SHA256_BYTES + 1];
  if (getrandom(bytes, sizeof bytes, 0) != sizeof bytes) return fail("getrandom");
  to_hex(bytes, sizeof bytes, token);
  sha256((const uint8_t *)token, 2 * TOKEN_BYTES, hash);
  to_hex(hash, sizeof hash, hash_text);
  strcat(token, "\n");
  const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return fail(path);
  const size_t size = strlen(token);
  if (write(fd, token, size) != (ssize_t)size || fsync(fd) != 0 || close(fd) != 0) return fail(path);
  return printf("%s sha256:%s\n", node, hash_text) < 0 || fflush(stdout) != 0;
}

int read_token(const char *path, char *token, size_t size) {
  struct stat status;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0 || fstat(fd, &status) != 0) return fail(path);
  if ((status.st_mode & 077) != 0) {
    fprintf(stderr, "ogrt-agent: %s: others may read the token; run chmod 600\n", path);
    close(fd);
    return EXIT_INPUT;
  }
  const ssize_t got = read(fd, token, size - 1);
  close(fd);
  if (got < 0) return fail(path);
  token[got] = '\0';
  token[strcspn(token, "\r\n")] = '\0';
  if (token[0] != '\0') return 0;
  fprintf(stderr, "ogrt-agent: %s: holds no token\n", path);
  return EXIT_INPUT;
}
