/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that every part needs: bytes that grow, words, one line of complaint. */
#ifndef OGRT_LD_TEXT_H
#define OGRT_LD_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A list of strings; `overflow` when memory or the limit ended it. */
struct words {
  char **items;
  size_t count, capacity;
  bool overflow;
};

void words_add(struct words *words, char *word);

/* At most one line a run, however much goes wrong. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The value of an environment variable that is set and not empty, or NULL. */
const char *setting(const char *name);
/* Whether a variable is set to something other than 0, off or no. */
bool switched_on(const char *name);

const char *base_name(const char *path);
/* A regular file's whole contents, malloc'ed, or NULL when it is none, is larger than `limit`, or can't be read. */
char *read_file(const char *path, size_t limit, size_t *size);

#endif
