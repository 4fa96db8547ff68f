/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "buffer.h"

/*
 * Records that no collector has acknowledged, on disk: files in a directory, each with the records of one epoch in
 * order, as the frames that go to a collector. Every start of the agent begins an epoch, so that a sequence is never
 * given out twice, whatever a loss of power has left of the files.
 */
enum { EPOCH_BYTES = 16 };

struct segment {
  struct segment *next;
  char name[64];
  int fd;
  uint8_t epoch[EPOCH_BYTES];
  uint64_t first, next_sequence; /* of its records */
  uint64_t acknowledged;         /* up to here; less than `first`: none */
  off_t size;
};

struct spool {
  int directory;
  off_t limit, used; /* bytes */
  uint8_t epoch[EPOCH_BYTES]; /* of new records */
  uint64_t next_sequence;
  struct segment *oldest, *newest; /* `newest` grows if `is_open` */
  bool is_open;
  bool is_dirty;                   /* something is not known to be on disk */
  uint64_t full, failed, damaged;  /* records that did not fit, that the disk refused; files that were cut short */
  struct shared *shared;           /* what the records of the open segment share */
  uint32_t shared_count;
  size_t shared_bytes;
};

/* Takes over what earlier runs have left in a directory. False with errno. */
bool spool_open(struct spool *spool, const char *path, off_t limit);
/*
 * Numbers a record and adds it; what it shares with others, if `shared_size` is not 0, goes before it unless the segment
 * has it. A record that does not fit is counted, and gets no number.
 */
void spool_add(struct spool *spool, const uint8_t *shared, size_t shared_size, const uint8_t *record, size_t size);
/* Makes what was added survive a loss of power. */
void spool_sync(struct spool *spool);
/* The same at the end; nothing is added any more. */
void spool_close(struct spool *spool);
/* All records of an epoch up to a sequence are delivered. `keep` is a segment that is still being read, or NULL. */
void spool_acknowledge(struct spool *spool, const uint8_t epoch[EPOCH_BYTES], uint64_t sequence, const struct segment *keep);
/* Removes a segment whose records are delivered, unless it grows. */
void spool_drop(struct spool *spool, struct segment *segment);
bool segment_is_delivered(const struct segment *segment);
/* Records that are not delivered. */
uint64_t spool_records(const struct spool *spool);

/* Reads one frame at an offset, and moves it on. `sequence` is 0 for a frame that is no record. False at the end. */
bool segment_read(const struct segment *segment, off_t *offset, struct buffer *frame, uint64_t *sequence);
enum { SEGMENT_HEADER_BYTES = 64 };
