/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "base/system.h"
#include "config.h"
#include "debug.h"
#include "wire/frame.h"

enum {
  MAX_PARTS = 64, /* 4 MB: tens of thousands of objects */
  LARGE_FRAME_BYTES = OGRT_CONFIG_MAX_DATAGRAM_BYTES,
  /* Only the first frame holds arguments, and objects must not crowd all of them out. */
  ARGUMENTS_RESERVE_BYTES = LARGE_FRAME_BYTES / 4 < 4096 ? LARGE_FRAME_BYTES / 4 : 4096,
};

/* Frames and bytes sent, for OGRT_DEBUG. */
struct outcome {
  unsigned frames;
  size_t bytes;
};

static bool send_part(const struct record *record, struct channel *channel, uint8_t *memory,
                      const struct writer *payload, struct outcome *outcome) {
  const size_t size = frame_finish(memory, payload, record->type);
  if (!channel_send(channel, memory, size)) return false;
  outcome->frames++;
  outcome->bytes += size;
  return true;
}

/* Composes the record again, in as many large frames as it needs. */
COLD static void send_large(struct record *record, struct channel *channel, uint8_t *memory, struct object_walk *walk,
                       struct outcome *outcome) {
  walk->skip_objects = 0;
  record->reserve = ARGUMENTS_RESERVE_BYTES;
  for (unsigned part = 0; part < MAX_PARTS; part++) {
    struct writer payload = frame_writer(memory, LARGE_FRAME_BYTES);
    record->compose(record, &payload, part, walk);
    if (!send_part(record, channel, memory, &payload, outcome)) break;
    /* Complete, or not even one object fits beside the required fields. */
    if (walk->next >= walk->total || walk->next == walk->skip_objects) break;
    walk->skip_objects = walk->next;
  }
}

bool send_record(struct record *record, const struct destination *destination, struct load_state *state) {
  struct object_walk walk = {.context = record->context};
  uint8_t memory[SMALL_FRAME_BYTES];
  struct writer payload = frame_writer(memory, sizeof memory);
  record->compose(record, &payload, 0, &walk);
  if (state != NULL) *state = walk.state;

  struct channel channel;
  struct outcome outcome = {0, 0};
  if (!channel_open(&channel, destination, record->vdso)) {
    debug_outcome(record->debug, record->name, 0, 0, channel.error);
    return false;
  }
  /* If there is no memory for a large frame, send the small one with the counts of what it omits. */
  uint8_t *large = payload.overflow ? system_map(LARGE_FRAME_BYTES) : NULL;
  if (large != NULL) {
    send_large(record, &channel, large, &walk, &outcome);
    system_unmap(large, LARGE_FRAME_BYTES);
  } else {
    (void)send_part(record, &channel, memory, &payload, &outcome);
  }
  channel_close(&channel);
  debug_outcome(record->debug, record->name, outcome.frames, outcome.bytes, channel.error);
  return outcome.frames > 0;
}
