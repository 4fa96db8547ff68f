/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variables.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

enum { NAME_MAX_SIZE = 31, BUCKETS = 64 };

/* Text in place, no pointers: a table of pointers would have to be relocated in every process. */
struct entry {
  uint8_t length;
  char name[NAME_MAX_SIZE];
};

#define ENTRY(text) {sizeof(text) - 1, text},
#define JOB_ENTRIES(name, companion) ENTRY(name) ENTRY(companion)

#define FIXED_ENTRY(symbol, name) ENTRY(name)

static const struct entry entries[VARIABLE_COUNT] = {
    FIXED_VARIABLES(FIXED_ENTRY) OGRT_CONFIG_JOB_VARIABLES(JOB_ENTRIES)};

#undef ENTRY
#undef JOB_ENTRIES
#undef FIXED_ENTRY

/* Bit per first letter. */
static uint64_t initial(char letter) { return (unsigned char)(letter - 'A') < 64 ? 1ULL << (letter - 'A') : 0; }

static unsigned bucket_of(const char *name, size_t length) {
  return ((unsigned)length * 5 + (unsigned char)name[length - 1] + (unsigned char)name[length / 2]) % BUCKETS;
}

/* `chain[i]` and `first[b]` hold an index into `entries` plus one; zero ends a chain. */
struct index {
  uint64_t initials;
  uint8_t first[BUCKETS];
  uint8_t chain[VARIABLE_COUNT];
};

static void build_index(struct index *index) {
  _Static_assert(VARIABLE_COUNT < 255, "an index fits a byte");
  index->initials = 0;
  for (unsigned bucket = 0; bucket < BUCKETS; bucket++) index->first[bucket] = 0;
  for (unsigned i = 0; i < VARIABLE_COUNT; i++) {
    if (entries[i].length == 0) continue;
    const unsigned bucket = bucket_of(entries[i].name, entries[i].length);
    index->initials |= initial(entries[i].name[0]);
    index->chain[i] = index->first[bucket];
    index->first[bucket] = (uint8_t)(i + 1);
  }
}

void find_variables(char *const *environment, struct variables *variables) {
  struct index index;
  build_index(&index);
  for (unsigned i = 0; i < VARIABLE_COUNT; i++) variables->values[i] = NULL;
  for (; *environment != NULL; environment++) {
    const char *text = *environment;
    if ((initial(text[0]) & index.initials) == 0) continue;
    size_t length = 1;
    while (length <= NAME_MAX_SIZE && text[length] != '=' && text[length] != '\0') length++;
    if (text[length] != '=') continue;
    for (unsigned i = index.first[bucket_of(text, length)]; i != 0; i = index.chain[i - 1]) {
      const struct entry *entry = &entries[i - 1];
      if (entry->length != length || !same_bytes(entry->name, text, length)) continue;
      /* As getenv does: of several, the first. */
      if (variables->values[i - 1] == NULL) variables->values[i - 1] = text + length + 1;
    }
  }
}

const char *variable_text(const char *value, enum variable variable) { return value - entries[variable].length - 1; }

bool is_active(char *const *environment) {
  static const char name[] = "OGRT_ACTIVE=";
  for (; *environment != NULL; environment++) {
    const char *text = *environment;
    if (text[0] != 'O' || text[1] != 'G') continue;
    if (!same_bytes(text, name, sizeof name - 1)) continue;
    const char *value = text + sizeof name - 1;
    if (OGRT_CONFIG_ACTIVE) return !(value[0] == '0' && value[1] == '\0');
    return value[0] == '1' && value[1] == '\0';
  }
  return OGRT_CONFIG_ACTIVE;
}
