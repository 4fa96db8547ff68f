/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More words than any kernel takes as arguments. */
#define WORDS_MAX ((size_t)1 << 22)

void words_add(struct words *words, char *word) {
  if (words->overflow) return;
  if (words->count == words->capacity) {
    size_t capacity = words->capacity == 0 ? 256 : 2 * words->capacity;
    char **items = capacity > WORDS_MAX ? NULL : realloc(words->items, capacity * sizeof *items);
    if (items == NULL) {
      words->overflow = true;
      return;
    }
    words->items = items;
    words->capacity = capacity;
  }
  words->items[words->count++] = word;
}

void complain(const char *format, ...) {
  static bool complained;
  if (complained) return;
  complained = true;
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

bool switched_on(const char *name) {
  const char *value = setting(name);
  return value != NULL && strcmp(value, "0") != 0 && strcmp(value, "off") != 0 && strcmp(value, "no") != 0;
}

const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash == NULL ? path : slash + 1;
}

char *read_file(const char *path, size_t limit, size_t *size) {
  /* O_NONBLOCK: a FIFO must not be waited for, nor what it holds taken from the linker. */
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return NULL;
  struct stat stat;
  char *bytes = NULL;
  if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) && stat.st_size >= 0 && (size_t)stat.st_size <= limit) {
    size_t expected = (size_t)stat.st_size, filled = 0;
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
