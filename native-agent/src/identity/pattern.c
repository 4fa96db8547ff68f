/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pattern.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Users name cgroups that are delegated to them, so a comparison has a bound. */
enum { MAX_STEPS = 100000 };

static const char *const NAMES[FIELDS] = {
    [FIELD_JOB] = "job",   [FIELD_STEP] = "step", [FIELD_TASK] = "task", [FIELD_CONTAINER] = "container",
    [FIELD_SLOT] = "slot", [FIELD_USER] = "user",
};

enum class { CLASS_ANY, CLASS_NUMBER, CLASS_HEX, CLASS_POD, CLASSES };
static const char *const CLASS_NAMES[CLASSES] = {"", ":number", ":hex", ":pod"};

enum field field_of(const char *name, size_t size) {
  enum field field = 0;
  while (field < FIELDS && (strlen(NAMES[field]) != size || memcmp(NAMES[field], name, size) != 0)) field++;
  return field;
}

/* `{NAME:CLASS}` at the start of a pattern. Returns its length, or 0. */
static size_t read_braces(const char *pattern, enum field *field, enum class *class) {
  const char *end = strchr(pattern, '}');
  if (end == NULL) return 0;
  const size_t name_size = strcspn(pattern + 1, ":}");
  *field = field_of(pattern + 1, name_size);
  const char *suffix = pattern + 1 + name_size;
  for (*class = CLASS_ANY; *class < CLASSES; ++*class) {
    const size_t size = strlen(CLASS_NAMES[*class]);
    if ((size_t)(end - suffix) == size && memcmp(suffix, CLASS_NAMES[*class], size) == 0) break;
  }
  return *field == FIELDS || *class == CLASSES ? 0 : (size_t)(end - pattern) + 1;
}

bool pattern_is_valid(const char *pattern) {
  enum field field;
  enum class class;
  while ((pattern = strchr(pattern, '{')) != NULL) {
    const size_t size = read_braces(pattern, &field, &class);
    if (size == 0) return false;
    pattern += size;
  }
  return true;
}

bool pattern_has(const char *pattern, enum field wanted) {
  enum field field;
  enum class class;
  while ((pattern = strchr(pattern, '{')) != NULL) {
    pattern += read_braces(pattern, &field, &class);
    if (field == wanted) return true;
  }
  return false;
}

static bool is_of_class(char byte, enum class class) {
  const unsigned char c = (unsigned char)byte;
  switch (class) {
    case CLASS_NUMBER: return isdigit(c) != 0;
    case CLASS_HEX: return isxdigit(c) != 0;
    case CLASS_POD: return isxdigit(c) != 0 || c == '-' || c == '_';
    default: return c != '/';
  }
}

static bool match(const char *pattern, const char *at, const char *end, struct capture_span *spans, unsigned *steps) {
  for (; ++*steps < MAX_STEPS; pattern++, at++) {
    if (*pattern == '\0') return at == end;
    if (pattern[0] == '/' && pattern[1] == '\0') return at == end || *at == '/';
    if (*pattern == '*') {
      for (const char *next = at; next <= end; next++) {
        if (match(pattern + 1, next, end, spans, steps)) return true;
      }
      return false;
    }
    if (*pattern == '{') {
      enum field field;
      enum class class;
      const size_t size = read_braces(pattern, &field, &class);
      for (const char *next = at; next < end && is_of_class(*next, class); next++) {
        if (!match(pattern + size, next + 1, end, spans, steps)) continue;
        spans[field] = (struct capture_span){at, (size_t)(next + 1 - at), class == CLASS_POD};
        return true;
      }
      return false;
    }
    if (at == end || *at != *pattern) return false;
  }
  return false;
}

bool pattern_matches(const char *pattern, const char *path, size_t size, struct capture_span spans[FIELDS]) {
  unsigned steps = 0;
  memset(spans, 0, FIELDS * sizeof *spans);
  return match(pattern, path, path + size, spans, &steps);
}

bool copy_span(const struct capture_span *span, char *to, size_t space) {
  size_t size = 0;
  for (size_t i = 0; i < span->size; i++) {
    char byte = span->at[i];
    if (byte == '\\' && span->size - i >= 4 && span->at[i + 1] == 'x') {
      const char digits[3] = {span->at[i + 2], span->at[i + 3], '\0'};
      char *end;
      const long value = strtol(digits, &end, 16);
      if (*end == '\0' && value > 0) byte = (char)value, i += 3;
    }
    if (span->is_pod && byte == '_') byte = '-';
    if (size + 1 >= space) {
      to[0] = '\0';
      return false;
    }
    to[size++] = byte;
  }
  to[size] = '\0';
  return size > 0;
}
