/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "event.h"

#include <stdlib.h>
#include <string.h>

#include "../base/losses.h"
#include "procfs.h"

struct event *event_new(enum event_type type, const char *name, size_t size) {
  size = strnlen(name, size);
  struct event *event = calloc(1, sizeof *event + size + 1);
  if (event == NULL) {
    count_loss(LOSS_EVENTS, 1);
    return NULL;
  }
  event->type = type;
  memcpy(event->name, name, size);
  return event;
}

void event_free(struct event *event) {
  capture_free(event->capture);
  free(event);
}
