/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "debug.h"

#include "base/system.h"
#include "config.h"
#include "datum/variables.h"

enum { STANDARD_ERROR = 2 };

/* Leaves room for the newline. */
static void add_byte(struct line *line, char byte) {
  if (line->size < MAX_DEBUG_LINE_BYTES - 1) line->text[line->size++] = byte;
}

static bool is_control(char byte) { return (unsigned char)byte < ' ' || byte == 0x7f; }

void line_add_text(struct line *line, const char *text) {
  for (; *text != '\0'; text++) {
    add_byte(line, (char)(is_control(*text) ? '?' : *text));
  }
}

/* Subtracts instead of dividing: in cold code, GCC turns a division into a call to libgcc on ARM. */
void line_add_number(struct line *line, uint32_t number) {
  static const uint32_t units[] = {1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1};
  bool started = false;
  for (unsigned i = 0; i < sizeof units / sizeof units[0]; i++) {
    char digit = '0';
    for (; number >= units[i]; number -= units[i]) digit++;
    started = started || digit != '0' || units[i] == 1;
    if (started) add_byte(line, digit);
  }
}

void line_print(struct line *line) {
  line->text[line->size++] = '\n';
  system_write(STANDARD_ERROR, line->text, line->size);
}

COLD static void start_line(struct line *line) {
  line->size = 0;
  line_add_text(line, "ogrt: ");
}

void debug_print(const char *message, const char *value) {
  struct line line;
  start_line(&line);
  line_add_text(&line, message);
  line_add_text(&line, value);
  line_print(&line);
}

void debug_outcome(bool enabled, const char *record, unsigned frames, size_t bytes, long error) {
  if (!enabled) return;
  struct line line;
  start_line(&line);
  line_add_text(&line, record);
  if (frames > 0) {
    line_add_text(&line, " sent: frames ");
    line_add_number(&line, frames);
    line_add_text(&line, ", bytes ");
    line_add_number(&line, (uint32_t)bytes);
  }
  if (error < 0) {
    line_add_text(&line, frames > 0 ? ", then failed" : " not sent");
    line_add_text(&line, ": errno ");
    line_add_number(&line, (uint32_t)-error);
  }
  line_print(&line);
}

COLD static void print_number(const char *label, uint32_t value) {
  struct line line;
  start_line(&line);
  line_add_text(&line, label);
  line_add_number(&line, value);
  line_print(&line);
}

void debug_settings(void) {
  debug_print("version ", OGRT_CONFIG_VERSION);
  debug_print("server ", OGRT_CONFIG_SERVER);
  print_number("active by default ", OGRT_CONFIG_ACTIVE);
#define PRINT_JOB_VARIABLE(name, companion) \
  debug_print("job variable ", (companion)[0] == '\0' ? (name) : name "+" companion); /* NOLINT(bugprone-macro-parentheses) */
  OGRT_CONFIG_JOB_VARIABLES(PRINT_JOB_VARIABLE)
#undef PRINT_JOB_VARIABLE
#define SENT_NAME(symbol, name) ":" name
  debug_print("environment ", OGRT_CONFIG_HAS_ENVIRONMENT ? OGRT_CONFIG_ENVIRONMENT : (SENT_VARIABLES(SENT_NAME)) + 1);
#undef SENT_NAME
  print_number("without environment ", OGRT_CONFIG_WITHOUT_ENVIRONMENT);
  debug_print("helpers ", OGRT_CONFIG_HELPERS);
  debug_print("skip ", OGRT_CONFIG_SKIP);
  debug_print("keep ", OGRT_CONFIG_KEEP);
  print_number("one job in ", OGRT_CONFIG_SAMPLE);
  print_number("locked ", OGRT_CONFIG_LOCK);
  print_number("max datagram bytes ", OGRT_CONFIG_MAX_DATAGRAM_BYTES);
  print_number("stream deadline ms ", OGRT_CONFIG_STREAM_DEADLINE_MS);
  print_number("0.5 compatible ", OGRT_CONFIG_COMPAT_0_5);
  print_number("without end record ", OGRT_CONFIG_WITHOUT_END);
}
