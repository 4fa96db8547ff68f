/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "base/system.h"
#include "config.h"
#include "debug.h"
#include "wire/frame.h"

enum {
  PARTS_MAX = 64, /* four megabytes: tens of thousands of objects */
  LARGE_FRAME_SIZE = OGRT_CONFIG_DATAGRAM_MAX,
  /* Objects can go into further frames, arguments cannot: a record without any says too little. */
  ARGUMENTS_SHARE = LARGE_FRAME_SIZE / 4 < 4096 ? LARGE_FRAME_SIZE / 4 : 4096,
};

/* What has left, for those who ask by OGRT_DEBUG. */
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

/* Everything again, into as many large frames as it takes. */
SELDOM static void send_large(struct record *record, struct channel *channel, uint8_t *memory, struct object_walk *walk,
                       struct outcome *outcome) {
  walk->skip_objects = 0;
  record->share = ARGUMENTS_SHARE;
  for (unsigned part = 0; part < PARTS_MAX; part++) {
    struct writer payload = frame_writer(memory, LARGE_FRAME_SIZE);
    record->compose(record, &payload, part, walk);
    if (!send_part(record, channel, memory, &payload, outcome)) break;
    /* Done, or not even one object fits beside the required fields. */
    if (walk->next >= walk->total || walk->next == walk->skip_objects) break;
    walk->skip_objects = walk->next;
  }
}

bool send_record(struct record *record, const struct destination *destination, struct load_state *state) {
  struct object_walk walk = {.context = record->context};
  uint8_t memory[SMALL_FRAME_SIZE];
  struct writer payload = frame_writer(memory, sizeof memory);
  record->compose(record, &payload, 0, &walk);
  if (state != NULL) *state = walk.state;

  struct channel channel;
  struct outcome outcome = {0, 0};
  if (!channel_open(&channel, destination, record->vdso)) {
    debug_outcome(record->debug, record->name, 0, 0, channel.error);
    return false;
  }
  /* Without memory for a large frame: what fitted the small one, and the counts of what did not. */
  uint8_t *large = payload.overflow ? system_map(LARGE_FRAME_SIZE) : NULL;
  if (large != NULL) {
    send_large(record, &channel, large, &walk, &outcome);
    system_unmap(large, LARGE_FRAME_SIZE);
  } else {
    (void)send_part(record, &channel, memory, &payload, &outcome);
  }
  channel_close(&channel);
  debug_outcome(record->debug, record->name, outcome.frames, outcome.bytes, channel.error);
  return outcome.frames > 0;
}
