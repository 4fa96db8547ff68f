/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/*
 * Output of OGRT_DEBUG=1 and OGRT_DEBUG_INFO=1 on standard error. Without them the library never prints. Each line is
 * one write(2), truncated to MAX_DEBUG_LINE_BYTES; control characters are shown as '?'.
 */
enum { MAX_DEBUG_LINE_BYTES = 400 };

struct line {
  size_t size;
  char text[MAX_DEBUG_LINE_BYTES];
};

COLD void line_add_text(struct line *line, const char *text);
COLD void line_add_number(struct line *line, uint32_t number);
COLD void line_print(struct line *line);

/* Prints `message` and `value` on one line. */
COLD void debug_print(const char *message, const char *value);

static inline void debug_line(bool enabled, const char *message, const char *value) {
  if (enabled) debug_print(message, value);
}

/* Prints how many frames and bytes of a record were sent, and the error (negative errno) if sending failed. */
COLD void debug_outcome(bool enabled, const char *record, unsigned frames, size_t bytes, long error);

COLD void debug_settings(void);
