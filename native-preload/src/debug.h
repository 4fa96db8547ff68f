/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/*
 * What OGRT_DEBUG=1 and OGRT_DEBUG_INFO=1 print to standard error. Without them the library prints nothing, ever. One
 * write a line, cut at DEBUG_LINE_MAX bytes; control characters are shown as '?'.
 */
enum { DEBUG_LINE_MAX = 400 };

struct line {
  size_t size;
  char text[DEBUG_LINE_MAX];
};

SELDOM void line_text(struct line *line, const char *text);
SELDOM void line_number(struct line *line, uint32_t number);
SELDOM void line_print(struct line *line);

/* `what` and `value` in one line, if `enabled`. */
SELDOM void debug_line(bool enabled, const char *what, const char *value);

/* How a record fared: frames and bytes sent, or the kernel's error. */
SELDOM void debug_outcome(bool enabled, const char *record, unsigned frames, size_t bytes, long error);

SELDOM void debug_settings(void);
