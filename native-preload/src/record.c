/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include "debug.h"
#include "process.h"
#include "wire/fields.h"
#include "wire/frame.h"

enum { MAX_PARTS = 64 }; /* 4 MB: tens of thousands of objects */

static bool send_part(const struct record *record, struct channel *channel, uint8_t *memory,
                      const struct writer *payload) {
  const size_t size = frame_finish(memory, payload, record->type);
  if (!channel_send(channel, memory, size)) return false;
  channel->frames++;
  channel->bytes += size;
  return true;
}

void put_omitted(struct writer *to, unsigned field, const struct omitted *omitted, const struct object_walk *walk) {
  const struct {
    uint16_t field;
    unsigned count;
  } counts[] = {
      {OMITTED_ARGUMENTS, omitted->arguments},
      {OMITTED_ENVIRONMENT_VARIABLES, omitted->environment},
      {OMITTED_SHARED_OBJECTS, walk->omitted},
      {OMITTED_LOADED_MODULES, omitted->modules},
      {OMITTED_SIGNATURES, walk->signatures_omitted},
  };
  uint8_t *start = NULL;
  size_t room;
  for (unsigned i = 0; i < sizeof counts / sizeof counts[0]; i++) {
    if (counts[i].count == 0) continue;
    if (start == NULL && (start = open_bytes(to, field, &room)) == NULL) return;
    put_number(to, counts[i].field, counts[i].count);
  }
  if (start != NULL) close_bytes(to, start, (size_t)(to->at - start));
}

bool send_record(struct record *record, const struct destination *destination, struct object_walk *walk) {
  struct channel *const channel = &workspace->channel;
  struct writer *const payload = &workspace->payload;
  uint8_t *const memory = workspace->frame;
  channel->frames = 0;
  for (unsigned part = 0; part < MAX_PARTS; part++) {
    *payload = frame_writer(memory, LARGE_FRAME_BYTES);
    walk->skip_objects = walk->next;
    record->compose(record, payload, part, walk);
    if (part == 0 && !channel_open(channel, destination, record->vdso)) break;
    if (!send_part(record, channel, memory, payload)) break;
    /* Complete, or not even one object fits beside the required fields. */
    if (walk->next >= walk->total || walk->next == walk->skip_objects) break;
  }
  channel_close(channel);
  debug_outcome(record->debug, record->name, channel->frames, channel->bytes, channel->error);
  return channel->frames > 0;
}
