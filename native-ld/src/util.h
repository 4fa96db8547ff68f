/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared helpers: word lists, a warning, settings, files. */
#ifndef OGRT_LD_UTIL_H
#define OGRT_LD_UTIL_H

#include <stdbool.h>
#include <stddef.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))
#define MAX_PATH_BYTES 4096

/* A list of strings. `overflow`: some are missing, for lack of memory or because of the limit. */
struct words {
  char **items;
  size_t count, capacity;
  bool overflow;
};

void words_add(struct words *words, char *word);

/* Prints a warning on standard error, but only the first one of a run. */
void warn_once(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The value of an environment variable, or NULL if it is unset or empty. */
const char *setting(const char *name);
/* Whether a variable is set, and neither empty nor 0, off or no. */
bool is_enabled(const char *name);

const char *base_name(const char *path);

/* Opens a regular file for reading. Returns its descriptor, or -1. */
int open_regular(const char *path, size_t *size);
/* The contents of a regular file of at most `limit` bytes, NUL-terminated and allocated by malloc, or NULL. */
char *read_file(const char *path, size_t limit, size_t *size);
bool write_all(int fd, const void *bytes, size_t size);

#endif
