/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mappings.h"

#include <string.h>

#include "../base/clock.h"
#include "image.h"

enum { MAX_HALVES = 64, WAIT_MS = 20 };

static void (*apply)(const struct event *event);
static bool has_two_records;
static struct event *halves[MAX_HALVES]; /* in the order of their times */
static unsigned count;

void mappings_init(void (*given)(const struct event *event), bool two) {
  apply = given;
  has_two_records = two;
}

static struct event *take(unsigned at) {
  struct event *event = halves[at];
  memmove(halves + at, halves + at + 1, (--count - at) * sizeof *halves);
  return event;
}

static void finish(struct event *event) {
  apply(event);
  event_free(event);
}

/* Both are of one call of mmap: same thread, same addresses, same path. */
static bool belong_together(const struct event *a, const struct event *b) {
  return a->tid == b->tid && a->address == b->address && a->size == b->size && strcmp(a->name, b->name) == 0;
}

void mappings_add(struct event *event) {
  if (!is_file_mapping(event->name)) {
    event_free(event);
    return;
  }
  if (!has_two_records) {
    finish(event);
    return;
  }
  mappings_apply_older(event->time);
  for (unsigned i = 0; i < count; i++) {
    if (!belong_together(halves[i], event)) continue;
    struct event *first = take(i);
    struct mapped_file *file = &first->file;
    if (event->file.build_id_size > 0) {
      file->build_id_size = event->file.build_id_size;
      memcpy(file->build_id, event->file.build_id, sizeof file->build_id);
    } else {
      event->file.build_id_size = file->build_id_size;
      memcpy(event->file.build_id, file->build_id, sizeof file->build_id);
      *file = event->file;
    }
    event_free(event);
    finish(first);
    return;
  }
  if (count == MAX_HALVES) finish(take(0));
  halves[count++] = event;
}

void mappings_apply_of(uint32_t pid) {
  for (unsigned i = 0; i < count;) {
    if (halves[i]->pid == pid) finish(take(i));
    else i++;
  }
}

void mappings_apply_older(uint64_t now) {
  while (count > 0 && halves[0]->time + (uint64_t)WAIT_MS * NS_PER_MS < now) finish(take(0));
}
