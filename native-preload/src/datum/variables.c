/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "variables.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/memory.h"

enum { MAX_VARIABLE_BYTES = 26, BUCKET_COUNT = 128 };

/* The bucket of a name, from its length, its first and its last byte, and one behind the middle. */
#define BUCKET(length, first, last, other)                                                          \
  (((unsigned)(length) * 11 + (unsigned char)(first) * 20 + (unsigned char)(last) * 15 + (unsigned char)(other) * 6) % \
   BUCKET_COUNT)
#define OTHER(length) ((length) > 4 ? (length) / 2 + 2 : (length)-1)

/* Inline text: a table of pointers would have to be relocated in every process. */
struct entry {
  uint8_t length;
  char name[MAX_VARIABLE_BYTES];
};

/* The compiler evaluates these. The space gives an empty text a last byte. */
#define LENGTH(text) (sizeof(text) - 1)
#define ENTRY(text) {LENGTH(text), text},
#define JOB_ENTRIES(name, companion) ENTRY(name) ENTRY(companion)
#define FIXED_ENTRY(symbol, name) ENTRY(name)

static const struct entry entries[VARIABLE_COUNT] = {
    FIXED_VARIABLES(FIXED_ENTRY) OGRT_CONFIG_JOB_VARIABLES(JOB_ENTRIES)};

#define BUCKET_OF(text)                                                                     \
  (LENGTH(text) == 0 ? BUCKET_COUNT                                                         \
                     : BUCKET(LENGTH(text), (text)[0], (" " text)[LENGTH(text)],            \
                              (" " text)[OTHER(LENGTH(text)) + 1]))

/* A hash table that the compiler fills: the entry of a bucket plus one, or 0. Of two names in a bucket the last wins. */
enum { BEFORE_BUCKETS = __COUNTER__ };
#define BUCKET_ENTRY(text) [BUCKET_OF(text)] = __COUNTER__ - BEFORE_BUCKETS,
#define JOB_BUCKETS(name, companion) BUCKET_ENTRY(name) BUCKET_ENTRY(companion)
#define FIXED_BUCKET(symbol, name) BUCKET_ENTRY(name)

#pragma GCC diagnostic push
#ifdef __clang__
#pragma GCC diagnostic ignored "-Winitializer-overrides"
#else
#pragma GCC diagnostic ignored "-Woverride-init"
#endif
static const uint8_t buckets[BUCKET_COUNT + 1] = {
    FIXED_VARIABLES(FIXED_BUCKET) OGRT_CONFIG_JOB_VARIABLES(JOB_BUCKETS)};
#pragma GCC diagnostic pop
_Static_assert(VARIABLE_COUNT < 255, "an index fits a byte");

/*
 * Whether a name has lost its bucket to another one or is listed twice, so that all names must be compared. The names
 * that a site chooses may; the default ones do not, and the compiler knows.
 */
enum { BEFORE_LOST = __COUNTER__ };
#define IS_LOST(text) || (buckets[BUCKET_OF(text)] != __COUNTER__ - BEFORE_LOST && LENGTH(text) > 0)
#define JOB_IS_LOST(name, companion) IS_LOST(name) IS_LOST(companion)
#define FIXED_IS_LOST(symbol, name) IS_LOST(name)
static inline bool any_is_lost(void) {
  return false FIXED_VARIABLES(FIXED_IS_LOST) OGRT_CONFIG_JOB_VARIABLES(JOB_IS_LOST);
}

/* The bit of a first letter in INITIALS; 0 for letters outside its range. */
static inline uint64_t initial_bit(char letter) {
  return (unsigned char)(letter - 'A') < 64 ? 1ULL << (letter - 'A') : 0;
}

#define INITIAL(text) | initial_bit((text)[0])
#define JOB_INITIALS(name, companion) INITIAL(name) INITIAL(companion)
#define FIXED_INITIAL(symbol, name) INITIAL(name)
#define INITIALS (0ULL FIXED_VARIABLES(FIXED_INITIAL) OGRT_CONFIG_JOB_VARIABLES(JOB_INITIALS))

/* The first of several wins, as in getenv(3). */
static void take_value(struct variables *variables, unsigned index, const char *text, size_t length) {
  const struct entry *entry = &entries[index];
  if (entry->length != length || !same_words(entry->name, text, length)) return;
  if (variables->values[index] == NULL) variables->values[index] = text + length + 1;
}

OWN_FRAME void find_variables(char *const *environment, struct variables *variables) {
  for (; *environment != NULL; environment++) {
    const char *text = *environment;
    if ((initial_bit(text[0]) & INITIALS) == 0) continue;
    const size_t length = text_length_to(text, '=');
    if (length > MAX_VARIABLE_BYTES || text[length] != '=') continue;
    const unsigned found = buckets[BUCKET(length, text[0], text[length - 1], text[OTHER(length)])];
    if (found == 0) continue;
    if (!any_is_lost()) {
      take_value(variables, found - 1, text, length);
    } else {
      for (unsigned i = 0; i < VARIABLE_COUNT; i++) take_value(variables, i, text, length);
    }
  }
}

const char *variable_assignment(const char *value, enum variable variable) {
  return value - entries[variable].length - 1;
}

static bool equals_digit(const char *value, char digit) { return value[0] == digit && value[1] == '\0'; }

/* The value if `text` begins with the literal NAME=, else NULL. */
#define VALUE_OF(text, literal) (same_bytes((text), (literal), sizeof(literal) - 1) ? (text) + sizeof(literal) - 1 : NULL)

struct switches find_switches(char *const *environment) {
  struct switches switches = {OGRT_CONFIG_ACTIVE, false, false};
  bool decided = false;
  for (; *environment != NULL; environment++) {
    if ((*environment)[0] != 'O') continue;
    const char *name = VALUE_OF(*environment, "OGRT_");
    if (name == NULL) continue;
    const char *active = VALUE_OF(name, "ACTIVE=");
    const char *debug = VALUE_OF(name, "DEBUG=");
    const char *info = VALUE_OF(name, "DEBUG_INFO=");
    if (active != NULL && !decided) {
      switches.active = OGRT_CONFIG_ACTIVE ? !equals_digit(active, '0') : equals_digit(active, '1');
      decided = true;
    }
    if (debug != NULL) switches.debug = equals_digit(debug, '1');
    if (info != NULL) switches.debug_info = equals_digit(info, '1');
  }
  return switches;
}
