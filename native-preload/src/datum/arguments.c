/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/memory.h"
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"

#if OGRT_CONFIG_COMPAT_0_5

/* One text, joined by spaces, for 0.5 servers. If it does not fit it is cut, because they have no omitted counts. */
struct sink {
  struct writer *to;
  uint8_t *start;
  size_t size, room;
};

static bool sink_open(struct sink *sink, struct writer *to) {
  sink->to = to;
  sink->size = 0;
  sink->start = open_bytes(to, PROCESS_START_CMDLINE, &sink->room);
  return sink->start != NULL;
}

static unsigned sink_argument(struct sink *sink, const char *text, size_t size) {
  if (sink->size > 0 && sink->size < sink->room) sink->start[sink->size++] = ' ';
  if (size > sink->room - sink->size) {
    size = sink->room - sink->size;
  }
  memcpy(sink->start + sink->size, text, size);
  sink->size += size;
  return 0;
}

static void sink_close(struct sink *sink) { close_bytes(sink->to, sink->start, sink->size); }

#else

/* One field per argument. After one does not fit, none is sent, so that the collector gets a prefix of the list. */
struct sink {
  struct writer *to;
  bool full;
};

static bool sink_open(struct sink *sink, struct writer *to) {
  *sink = (struct sink){to, false};
  return true;
}

static unsigned sink_argument(struct sink *sink, const char *text, size_t size) {
  if (!sink->full) {
    const uint8_t *before = sink->to->at;
    put_bytes(sink->to, PROCESS_START_ARGUMENTS, text, size);
    sink->full = sink->to->at == before;
  }
  return sink->full;
}

static void sink_close(struct sink *sink) { (void)sink; }

#endif

/*
 * Reads /proc/self/cmdline into the upper half of the remaining room while it writes fields to the lower half. An
 * argument longer than that half is counted as omitted.
 */
COLD static unsigned put_from_proc(struct sink *sink, struct writer *to) {
  const long file = system_open("/proc/self/cmdline");
  if (file < 0) return 0;
  unsigned omitted = 0;
  uint8_t *const end = to->end;
  const size_t half = (size_t)(end - to->at) / 2;
  char *const text = (char *)end - half;
  to->end = end - half;
  size_t held = 0;
  bool in_oversized = false; /* inside an argument that is too long */
  while (half > 0) {
    const long got = system_read(file, text + held, half - held);
    if (got <= 0) break;
    held += (size_t)got;
    size_t used = 0;
    for (size_t at = 0; at < held; at++) {
      if (text[at] != '\0') continue;
      omitted += in_oversized ? 1 : sink_argument(sink, text + used, at - used);
      in_oversized = false;
      used = at + 1;
    }
    if (used == 0 && held == half) {
      in_oversized = true;
      used = held;
    }
    memmove(text, text + used, held - used);
    held -= used;
  }
  if (in_oversized) omitted++;
  to->end = end;
  system_close(file);
  return omitted;
}

unsigned put_arguments(struct writer *to, const struct context *context) {
  struct sink sink;
  if (!sink_open(&sink, to)) return (unsigned)context->stack.argument_count;
  unsigned omitted = 0;
  if (context->stack.arguments == NULL) {
    omitted = put_from_proc(&sink, to);
  } else {
    for (int i = 0; i < context->stack.argument_count; i++) {
      const char *argument = context->stack.arguments[i];
      if (argument != NULL) omitted += sink_argument(&sink, argument, text_length(argument));
    }
  }
  sink_close(&sink);
  return omitted;
}
