/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "debug.h"

#include "base/system.h"
#include "config.h"

enum { STANDARD_ERROR = 2 };

/* Always leaves room for the newline. */
static void put(struct line *line, char letter) {
  if (line->size < DEBUG_LINE_MAX - 1) line->text[line->size++] = letter;
}

static bool is_control(char letter) { return (unsigned char)letter < ' ' || letter == 0x7f; }

void line_text(struct line *line, const char *text) {
  for (; *text != '\0'; text++) {
    if (is_control(*text)) {
      put(line, '?');
    } else {
      put(line, *text);
    }
  }
}

/* By subtraction: a division made small is a call into a compiler library on ARM. */
void line_number(struct line *line, uint32_t number) {
  static const uint32_t units[] = {1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1};
  bool started = false;
  for (unsigned i = 0; i < sizeof units / sizeof units[0]; i++) {
    char digit = '0';
    for (; number >= units[i]; number -= units[i]) digit++;
    started = started || digit != '0' || units[i] == 1;
    if (started) put(line, digit);
  }
}

void line_print(struct line *line) {
  line->text[line->size++] = '\n';
  system_write(STANDARD_ERROR, line->text, line->size);
}

SELDOM static struct line new_line(void) {
  struct line line;
  line.size = 0;
  line_text(&line, "ogrt: ");
  return line;
}

void debug_line(bool enabled, const char *what, const char *value) {
  if (!enabled) return;
  struct line line = new_line();
  line_text(&line, what);
  line_text(&line, value);
  line_print(&line);
}

void debug_outcome(bool enabled, const char *record, unsigned frames, size_t bytes, long error) {
  if (!enabled) return;
  struct line line = new_line();
  line_text(&line, record);
  if (frames > 0) {
    line_text(&line, " sent: frames ");
    line_number(&line, frames);
    line_text(&line, ", bytes ");
    line_number(&line, (uint32_t)bytes);
  }
  if (error < 0) {
    line_text(&line, frames > 0 ? ", then" : " not sent:");
    line_text(&line, " the kernel said errno ");
    line_number(&line, (uint32_t)-error);
  }
  line_print(&line);
}

SELDOM static void print_text(const char *name, const char *value) {
  struct line line = new_line();
  line_text(&line, name);
  line_text(&line, value);
  line_print(&line);
}

SELDOM static void print_number(const char *name, uint32_t value) {
  struct line line = new_line();
  line_text(&line, name);
  line_number(&line, value);
  line_print(&line);
}

void debug_settings(void) {
  print_text("version ", OGRT_CONFIG_VERSION);
  print_text("server ", OGRT_CONFIG_SERVER);
  print_number("active by default ", OGRT_CONFIG_ACTIVE);
#define PRINT_JOB_VARIABLE(name, companion) \
  print_text("job variable ", (companion)[0] == '\0' ? (name) : name "+" companion); /* NOLINT(bugprone-macro-parentheses) */
  OGRT_CONFIG_JOB_VARIABLES(PRINT_JOB_VARIABLE)
#undef PRINT_JOB_VARIABLE
  print_text("environment ", OGRT_CONFIG_ENVIRONMENT);
  print_text("skip ", OGRT_CONFIG_SKIP);
  print_text("keep ", OGRT_CONFIG_KEEP);
  print_number("one job in ", OGRT_CONFIG_SAMPLE);
  print_number("locked ", OGRT_CONFIG_LOCK);
  print_number("largest datagram ", OGRT_CONFIG_DATAGRAM_MAX);
  print_number("deadline of streams, ms ", OGRT_CONFIG_DEADLINE_MS);
  print_number("for 0.5 servers ", OGRT_CONFIG_COMPAT_0_5);
  print_number("without end record ", OGRT_CONFIG_WITHOUT_END);
}
