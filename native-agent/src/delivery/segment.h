/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "buffer.h"
#include "messages.h"

/*
 * A file of the spool: records of one epoch, in order and without gaps, as the frames that go to a collector, each after
 * its checksum.
 */
enum { EPOCH_BYTES = 16, SEGMENT_HEADER_BYTES = 64, MAX_SEGMENT_BYTES = 4 << 20 };

struct segment {
  struct segment *next;
  char name[64];
  int fd; /* -1: it neither grows nor is read */
  uint8_t epoch[EPOCH_BYTES];
  uint64_t first, next_sequence; /* of its records */
  uint64_t acknowledged;         /* up to here; `first - 1`: none */
  off_t size;
  bool is_held; /* it is being read, and stays */
};

/* A new file. NULL with errno. */
struct segment *segment_create(int directory, const char *name, const uint8_t epoch[EPOCH_BYTES], uint64_t first);

enum segment_found {
  SEGMENT_FOUND,
  SEGMENT_CUT,       /* what follows its last whole frame is removed */
  SEGMENT_WORTHLESS, /* without a header nothing can be told of it */
  SEGMENT_UNREADABLE /* with errno; it may be readable another time */
};
/* Finds out what a file of an earlier run holds. Anything but the first two leaves `*segment` NULL. */
enum segment_found segment_recover(int directory, const char *name, struct buffer *frame, struct segment **segment);

/* Opens a file that is not. False with errno. */
bool segment_open(int directory, struct segment *segment);
void segment_close(struct segment *segment);
/* A frame with its checksum. */
void segment_encode(struct buffer *frames, enum message_type type, const struct buffer *payload);
/* All of the bytes or, with errno, none of them. */
bool segment_append(struct segment *segment, const struct buffer *frames);
/* Nothing follows this offset any more. */
void segment_cut(struct segment *segment, off_t size);
/* Notes that its records up to a sequence are delivered. */
void segment_acknowledge(int directory, struct segment *segment, uint64_t sequence);
bool segment_is_delivered(const struct segment *segment);

enum frame_result { FRAME_READ, FRAME_END, FRAME_DAMAGED, FRAME_UNREAD /* for want of memory */ };
/* Reads one frame at an offset, and moves it on. `sequence` is 0 for a frame that is not a record. */
enum frame_result segment_read(const struct segment *segment, off_t *offset, struct buffer *frame, uint64_t *sequence);
