/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "base/system.h"
#include "config.h"
#include "wire/frame.h"

enum {
  PARTS_MAX = 64, /* four megabytes: tens of thousands of objects */
  LARGE_FRAME_SIZE = OGRT_CONFIG_DATAGRAM_MAX,
};

static bool send_part(struct record *record, struct channel *channel, uint8_t *memory, const struct writer *payload) {
  return channel_send(channel, memory, frame_finish(memory, payload, record->type));
}

/* Everything again, into as many large frames as it takes. */
static bool send_large(struct record *record, struct channel *channel, uint8_t *memory, struct object_walk *walk) {
  bool sent = false;
  walk->skip_objects = 0;
  for (unsigned part = 0; part < PARTS_MAX; part++) {
    struct writer payload = frame_writer(memory, LARGE_FRAME_SIZE);
    record->compose(record, &payload, part, walk);
    if (!send_part(record, channel, memory, &payload)) break;
    sent = true;
    /* Done, or not even one object fits beside the required fields. */
    if (walk->next >= walk->total || walk->next == walk->skip_objects) break;
    walk->skip_objects = walk->next;
  }
  return sent;
}

bool send_record(struct record *record, const struct destination *destination, struct load_state *state) {
  struct object_walk walk = {.context = record->context};
  uint8_t memory[SMALL_FRAME_SIZE];
  struct writer payload = frame_writer(memory, sizeof memory);
  record->compose(record, &payload, 0, &walk);
  if (state != NULL) *state = walk.state;

  struct channel channel;
  if (!channel_open(&channel, destination, record->vdso)) return false;
  /* Without memory for a large frame: what fitted the small one, and the counts of what did not. */
  uint8_t *large = payload.overflow ? system_map(LARGE_FRAME_SIZE) : NULL;
  bool sent;
  if (large != NULL) {
    sent = send_large(record, &channel, large, &walk);
    system_unmap(large, LARGE_FRAME_SIZE);
  } else {
    sent = send_part(record, &channel, memory, &payload);
  }
  channel_close(&channel);
  return sent;
}
