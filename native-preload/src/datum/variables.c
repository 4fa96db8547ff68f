/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variables.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

enum { MAX_NAME_BYTES = 30, BUCKET_COUNT = 64 };

/* The bucket of a name, from its length, its last byte and the one in the middle. */
#define BUCKET(length, last, middle) (((unsigned)(length) * 5 + (unsigned char)(last) + (unsigned char)(middle)) % BUCKET_COUNT)

/* Inline text: a table of pointers would have to be relocated in every process. */
struct entry {
  uint8_t length;
  uint8_t bucket;
  char name[MAX_NAME_BYTES];
};

/* The compiler evaluates these. The space gives an empty text a last byte. */
#define LENGTH(text) (sizeof(text) - 1)
#define BUCKET_OF(text) BUCKET(LENGTH(text), (" " text)[LENGTH(text)], (" " text)[LENGTH(text) / 2 + 1])
#define ENTRY(text) {LENGTH(text), BUCKET_OF(text), text},
#define JOB_ENTRIES(name, companion) ENTRY(name) ENTRY(companion)
#define FIXED_ENTRY(symbol, name) ENTRY(name)

static const struct entry entries[VARIABLE_COUNT] = {
    FIXED_VARIABLES(FIXED_ENTRY) OGRT_CONFIG_JOB_VARIABLES(JOB_ENTRIES)};

/* The bit of a first letter in INITIALS; 0 for letters outside its range. */
static inline uint64_t initial_bit(char letter) {
  return (unsigned char)(letter - 'A') < 64 ? 1ULL << (letter - 'A') : 0;
}

#define INITIAL(text) | initial_bit((text)[0])
#define JOB_INITIALS(name, companion) INITIAL(name) INITIAL(companion)
#define FIXED_INITIAL(symbol, name) INITIAL(name)
#define INITIALS (0ULL FIXED_VARIABLES(FIXED_INITIAL) OGRT_CONFIG_JOB_VARIABLES(JOB_INITIALS))

/* A hash table with chains. `chain[i]` and `first[b]` hold an index into `entries` plus one; 0 ends a chain. */
struct index {
  uint8_t first[BUCKET_COUNT];
  uint8_t chain[VARIABLE_COUNT];
};

static void build_index(struct index *index) {
  _Static_assert(VARIABLE_COUNT < 255, "an index fits a byte");
  memset(index->first, 0, sizeof index->first);
  for (unsigned i = 0; i < VARIABLE_COUNT; i++) {
    uint8_t *const first = &index->first[entries[i].bucket];
    index->chain[i] = *first;
    *first = (uint8_t)(i + 1);
  }
}

OWN_FRAME void find_variables(char *const *environment, struct variables *variables) {
  struct index index;
  build_index(&index);
  for (; *environment != NULL; environment++) {
    const char *text = *environment;
    if ((initial_bit(text[0]) & INITIALS) == 0) continue;
    size_t length = 1;
    while (length <= MAX_NAME_BYTES && text[length] != '=' && text[length] != '\0') length++;
    if (text[length] != '=') continue;
    const unsigned bucket = BUCKET(length, text[length - 1], text[length / 2]);
    for (unsigned i = index.first[bucket]; i != 0; i = index.chain[i - 1]) {
      const struct entry *entry = &entries[i - 1];
      if (entry->length != length || !same_bytes(entry->name, text, length)) continue;
      /* The first of several wins, as in getenv(3). */
      if (variables->values[i - 1] == NULL) variables->values[i - 1] = text + length + 1;
    }
  }
}

const char *variable_assignment(const char *value, enum variable variable) {
  return value - entries[variable].length - 1;
}

/* The value if `text` is NAME=VALUE for this name, else NULL. */
static const char *value_of(const char *text, const char *name, size_t length) {
  return same_bytes(text, name, length) && text[length] == '=' ? text + length + 1 : NULL;
}

static bool equals_digit(const char *value, char digit) { return value[0] == digit && value[1] == '\0'; }

struct switches find_switches(char *const *environment) {
  struct switches switches = {OGRT_CONFIG_ACTIVE, false, false};
  bool decided = false;
  for (; *environment != NULL; environment++) {
    const char *text = *environment;
    if (text[0] != 'O' || text[1] != 'G') continue;
    const char *active = value_of(text, "OGRT_ACTIVE", sizeof "OGRT_ACTIVE" - 1);
    const char *debug = value_of(text, "OGRT_DEBUG", sizeof "OGRT_DEBUG" - 1);
    const char *info = value_of(text, "OGRT_DEBUG_INFO", sizeof "OGRT_DEBUG_INFO" - 1);
    if (active != NULL && !decided) {
      switches.active = OGRT_CONFIG_ACTIVE ? !equals_digit(active, '0') : equals_digit(active, '1');
      decided = true;
    }
    if (debug != NULL) switches.debug = equals_digit(debug, '1');
    if (info != NULL) switches.debug_info = equals_digit(info, '1');
  }
  return switches;
}
