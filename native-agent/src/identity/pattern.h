/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum field { FIELD_JOB, FIELD_STEP, FIELD_TASK, FIELD_CONTAINER, FIELD_SLOT, FIELD_USER, FIELDS };

struct capture_span {
  const char *at; /* NULL: the pattern does not have it */
  size_t size;
  bool is_pod;
};

/* Whether the text can be compared: braces are closed, and hold a known name and class. */
bool pattern_is_valid(const char *pattern);
/* Whether the pattern takes out this field. */
bool pattern_has(const char *pattern, enum field field);
/* Compares a path as a whole; see job-rules.conf. The spans point into the path. */
bool pattern_matches(const char *pattern, const char *path, size_t size, struct capture_span spans[FIELDS]);
/* Copies a span as text, with `\xHH` decoded; cut if it does not fit, which is no name of a job then. */
bool copy_span(const struct capture_span *span, char *to, size_t space);

/* The field of a name, or FIELDS. */
enum field field_of(const char *name, size_t size);
