/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A hash table of links that are the first member of the caller's structures. Equal keys may occur more than once. */
struct link {
  struct link *next;
  uint64_t key;
};
struct table {
  struct link **slots;
  size_t capacity; /* a power of two, or 0 */
  size_t count;
};

/* The newest link with this key, or NULL; `table_next` gives the one before it. */
struct link *table_find(const struct table *table, uint64_t key);
struct link *table_next(const struct link *link);
/* False without memory. */
bool table_add(struct table *table, struct link *link, uint64_t key);
void table_remove(struct table *table, struct link *link);
/* Every link; `visit` may remove the one that it is given. */
void table_each(struct table *table, void (*visit)(void *data, struct link *link), void *data);

/* Mixes a value into a hash. */
uint64_t hash_add(uint64_t hash, const void *bytes, size_t size);
