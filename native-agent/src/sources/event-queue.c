/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "event-queue.h"

#include <stdlib.h>

#include "../base/losses.h"

static bool is_before(const struct queued_event *a, const struct queued_event *b) {
  return a->event->time != b->event->time ? a->event->time < b->event->time : a->sequence < b->sequence;
}

static bool make_room(struct event_queue *queue) {
  if (queue->count < queue->capacity) return true;
  const uint32_t capacity = queue->capacity == 0 ? 1024 : 2 * queue->capacity;
  if (capacity > MAX_PENDING_EVENTS) return false;
  struct queued_event *heap = realloc(queue->heap, capacity * sizeof *heap);
  if (heap == NULL) return false;
  queue->heap = heap;
  queue->capacity = capacity;
  return true;
}

bool event_queue_add(struct event_queue *queue, struct event *event) {
  if (!make_room(queue)) {
    count_loss(LOSS_EVENTS, 1);
    event_free(event);
    return false;
  }
  const struct queued_event added = {event, queue->next_sequence++};
  uint32_t at = queue->count++;
  for (; at > 0 && is_before(&added, &queue->heap[(at - 1) / 2]); at = (at - 1) / 2) {
    queue->heap[at] = queue->heap[(at - 1) / 2];
  }
  queue->heap[at] = added;
  return true;
}

struct event *event_queue_take(struct event_queue *queue, uint64_t time) {
  if (queue->count == 0 || queue->heap[0].event->time > time) return NULL;
  struct event *first = queue->heap[0].event;
  const struct queued_event last = queue->heap[--queue->count];
  uint32_t at = 0;
  for (uint32_t child; (child = 2 * at + 1) < queue->count; at = child) {
    if (child + 1 < queue->count && is_before(&queue->heap[child + 1], &queue->heap[child])) child++;
    if (!is_before(&queue->heap[child], &last)) break;
    queue->heap[at] = queue->heap[child];
  }
  queue->heap[at] = last;
  return first;
}
