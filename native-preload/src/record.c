/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "debug.h"
#include "process.h"
#include "wire/frame.h"

enum { MAX_PARTS = 64 }; /* 4 MB: tens of thousands of objects */

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

bool send_record(struct record *record, const struct destination *destination, struct object_walk *walk) {
  struct channel channel;
  struct outcome outcome = {0, 0};
  uint8_t *const memory = workspace->frame;
  for (unsigned part = 0; part < MAX_PARTS; part++) {
    struct writer payload = frame_writer(memory, LARGE_FRAME_BYTES);
    walk->skip_objects = walk->next;
    record->compose(record, &payload, part, walk);
    if (part == 0 && !channel_open(&channel, destination, record->vdso)) break;
    if (!send_part(record, &channel, memory, &payload, &outcome)) break;
    /* Complete, or not even one object fits beside the required fields. */
    if (walk->next >= walk->total || walk->next == walk->skip_objects) break;
  }
  channel_close(&channel);
  debug_outcome(record->debug, record->name, outcome.frames, outcome.bytes, channel.error);
  return outcome.frames > 0;
}
