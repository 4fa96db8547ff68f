/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <stdlib.h>

enum { MIN_SLOTS = 256 };

/* Keys are pids and addresses, whose low bits are alike. */
static size_t slot_of(uint64_t key, size_t capacity) {
  return (size_t)((key * 0x9e3779b97f4a7c15u) >> 32) & (capacity - 1);
}

static bool grow(struct table *table) {
  size_t capacity = table->capacity == 0 ? MIN_SLOTS : 2 * table->capacity;
  struct link **slots = calloc(capacity, sizeof *slots);
  if (slots == NULL) return table->capacity > 0;
  for (size_t i = 0; i < table->capacity; i++) {
    /* Reversed twice, so that equal keys keep their order. */
    struct link *reversed = NULL;
    for (struct link *link = table->slots[i], *next; link != NULL; link = next) {
      next = link->next;
      link->next = reversed;
      reversed = link;
    }
    for (struct link *next; reversed != NULL; reversed = next) {
      next = reversed->next;
      struct link **slot = &slots[slot_of(reversed->key, capacity)];
      reversed->next = *slot;
      *slot = reversed;
    }
  }
  free(table->slots);
  table->slots = slots;
  table->capacity = capacity;
  return true;
}

static struct link *with_key(struct link *link, uint64_t key) {
  while (link != NULL && link->key != key) link = link->next;
  return link;
}

struct link *table_find(const struct table *table, uint64_t key) {
  return table->capacity == 0 ? NULL : with_key(table->slots[slot_of(key, table->capacity)], key);
}

struct link *table_next(const struct link *link) { return with_key(link->next, link->key); }

bool table_add(struct table *table, struct link *link, uint64_t key) {
  if (table->count >= table->capacity && !grow(table)) return false;
  struct link **slot = &table->slots[slot_of(key, table->capacity)];
  link->key = key;
  link->next = *slot;
  *slot = link;
  table->count++;
  return true;
}

void table_remove(struct table *table, struct link *link) {
  struct link **at = &table->slots[slot_of(link->key, table->capacity)];
  while (*at != link) at = &(*at)->next;
  *at = link->next;
  table->count--;
}

void table_each(struct table *table, void (*visit)(void *data, struct link *link), void *data) {
  for (size_t i = 0; i < table->capacity; i++) {
    for (struct link *link = table->slots[i], *next; link != NULL; link = next) {
      next = link->next;
      visit(data, link);
    }
  }
}

uint64_t hash_add(uint64_t hash, const void *bytes, size_t size) {
  const unsigned char *at = bytes;
  for (size_t i = 0; i < size; i++) hash = (hash ^ at[i]) * 0x100000001b3u;
  return hash;
}
