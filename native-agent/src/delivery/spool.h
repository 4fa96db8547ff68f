/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "segment.h"

/*
 * Records that no collector has acknowledged, on disk: files in a directory. Every start of the agent begins an epoch, so
 * that a sequence is never given out twice, whatever a loss of power has left of the files.
 */
struct spool {
  int directory;
  off_t limit, used; /* bytes */
  uint8_t epoch[EPOCH_BYTES]; /* of new records */
  uint64_t next_sequence;
  struct segment *oldest, *newest; /* `newest` grows if `is_open` */
  bool is_open;
  bool is_dirty; /* something is not known to be on disk */
  uint64_t full, failed; /* records that did not fit, that the disk refused */
  uint64_t damaged;      /* files that were cut short or cannot be read, and records that are known to be missing */
  struct shared *shared; /* what the records of the open segment share */
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

/* The oldest segment with records that are not delivered, or NULL. */
const struct segment *spool_undelivered(const struct spool *spool);
/*
 * Opens the first segment of an epoch that has this record or later ones, and holds it: it stays until it is released,
 * whatever is acknowledged. NULL without such a file, or with errno.
 */
struct segment *spool_hold(struct spool *spool, const uint8_t epoch[EPOCH_BYTES], uint64_t sequence);
void spool_release(struct spool *spool, struct segment *segment);
/* Whether records may still be added to a segment. */
bool spool_grows(const struct spool *spool, const struct segment *segment);
/* A held segment cannot be read from an offset on: its records from `sequence` on are missing, and counted. */
void spool_cut(struct spool *spool, struct segment *segment, off_t offset, uint64_t sequence);

/* All records of an epoch up to a sequence are delivered. */
void spool_acknowledge(struct spool *spool, const uint8_t epoch[EPOCH_BYTES], uint64_t sequence);
/* Records that are not delivered. */
uint64_t spool_records(const struct spool *spool);
