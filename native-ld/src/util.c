/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "util.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More words than execve(2) accepts. */
#define MAX_WORDS ((size_t)1 << 22)

void words_add(struct words *words, char *word) {
  if (words->overflow) return;
  if (words->count == words->capacity) {
    size_t capacity = words->capacity == 0 ? 256 : 2 * words->capacity;
    char **items = capacity > MAX_WORDS ? NULL : realloc(words->items, capacity * sizeof *items);
    if (items == NULL) {
      words->overflow = true;
      return;
    }
    words->items = items;
    words->capacity = capacity;
  }
  words->items[words->count++] = word;
}

void warn_once(const char *format, ...) {
  static bool warned;
  if (warned) return;
  warned = true;
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (length < 0) return;
  for (char *at = line; *at != '\0'; at++) {
    if ((unsigned char)*at < ' ' || *at == 0x7f) *at = '?';
  }
  dprintf(STDERR_FILENO, "ogrt-ld: %s\n", line);
}

const char *setting(const char *name) {
  const char *value = getenv(name);
  return value == NULL || *value == '\0' ? NULL : value;
}

bool is_enabled(const char *name) {
  const char *value = setting(name);
  return value != NULL && strcmp(value, "0") != 0 && strcmp(value, "off") != 0 && strcmp(value, "no") != 0;
}

const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == NULL ? path : slash + 1;
}

int open_regular(const char *path, size_t *size) {
  /* O_NONBLOCK: opening a FIFO must not wait, and its contents are for the linker. */
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat stat;
  if (fd < 0) return -1;
  if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode) || stat.st_size < 0) {
    close(fd);
    return -1;
  }
  *size = (size_t)stat.st_size;
  return fd;
}

char *read_file(const char *path, size_t limit, size_t *size) {
  size_t expected, filled = 0;
  int fd = open_regular(path, &expected);
  if (fd < 0) return NULL;
  char *bytes = NULL;
  if (expected <= limit) {
    bytes = malloc(expected + 1);
    while (bytes != NULL && filled < expected) {
      ssize_t count = read(fd, bytes + filled, expected - filled);
      if (count <= 0) {
        free(bytes);
        bytes = NULL;
      } else {
        filled += (size_t)count;
      }
    }
    if (bytes != NULL) {
      bytes[filled] = '\0';
      *size = filled;
    }
  }
  close(fd);
  return bytes;
}

bool write_all(int fd, const void *bytes, size_t size) {
  const char *at = bytes;
  while (size > 0) {
    ssize_t written = write(fd, at, size);
    if (written <= 0) return false;
    at += written;
    size -= (size_t)written;
  }
  return true;
}
