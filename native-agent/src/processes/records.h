/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "image.h"

/*
 * Writes one start and one end of each image. A start waits until the loader has had time to map the
 * libraries, and both wait for the stamps of their objects, within limits.
 */
enum record_kind { RECORD_OF_START, RECORD_OF_END, RECORD_OF_FORKS };
enum record_result {
  RECORD_WRITTEN,
  RECORD_LOST,  /* it does not fit */
  RECORD_UNREAD /* nobody reads */
};
typedef enum record_result write_record(enum record_kind kind, const struct image *image, const struct procfs *procfs);
void records_init(write_record *write, const struct procfs *procfs);
/* A new image. Holds a reference until all of its records are written. */
void records_start(struct image *image);
/* image->end is set. */
void records_end(struct image *image);
/* The last fork of an image whose end is written, or will be. */
void records_forks(struct image *image);
/* Writes what is due; `everything`: without waiting, at the end of the agent. False when nobody reads. */
bool records_flush(uint64_t now, bool everything);
uint64_t records_written(void);
