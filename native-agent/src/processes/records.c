/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "records.h"

#include "../base/clock.h"
#include "../base/losses.h"

enum {
  START_DELAY_MS = 1000,  /* in which a loader maps what a program is linked with */
  NAMESPACES_DELAY_MS = 50,
  STAMPS_TIMEOUT_MS = 5000, /* after which stamps that are still being read are given up */
};

static write_record *write_one;
static const struct procfs *procfs;
static struct image *waiting;
static uint64_t written;
static bool is_broken; /* nobody reads the output */

void records_init(write_record *write, const struct procfs *given) {
  write_one = write;
  procfs = given;
}

uint64_t records_written(void) { return written; }

static void wait_for(struct image *image) {
  if (image->is_waiting) return;
  image->is_waiting = true;
  image->next_waiting = waiting;
  waiting = image_hold(image);
}

void records_start(struct image *image) { wait_for(image); }
void records_end(struct image *image) { wait_for(image); }
void records_forks(struct image *image) { wait_for(image); }

static void write_record_of(enum record_kind kind, struct image *image) {
  switch (write_one(kind, image, procfs)) {
    case RECORD_WRITTEN: written++; break;
    case RECORD_LOST: count_loss(LOSS_RECORDS, 1); break;
    case RECORD_UNREAD: is_broken = true; break;
  }
  for (unsigned i = 0; i < image->object_count; i++) image->objects[i].is_reported = true;
}

static bool has_objects_in_flight(const struct image *image) {
  for (unsigned i = 0; i < image->object_count; i++) {
    if (!image->objects[i].is_reported && image->objects[i].object->in_flight) return true;
  }
  return false;
}

static bool is_start_due(const struct image *image, uint64_t now) {
  if (!image->has_ended && now < image->started + (uint64_t)START_DELAY_MS * NS_PER_MS) return false;
  return !has_objects_in_flight(image) || now > image->started + (uint64_t)STAMPS_TIMEOUT_MS * NS_PER_MS;
}

static bool is_end_due(const struct image *image, uint64_t now) {
  return image->has_ended &&
         (!has_objects_in_flight(image) || now > image->end.time + (uint64_t)STAMPS_TIMEOUT_MS * NS_PER_MS);
}

/* A later exec makes the image's capture doubtful, so what is read late is not attributed to this image. */
static void read_namespaces(struct image *image, uint64_t now) {
  if (image->has_namespaces || now < image->started + (uint64_t)NAMESPACES_DELAY_MS * NS_PER_MS) return;
  image->has_namespaces = true;
  if (!image->has_ended && !image->existed && image->capture != NULL) capture_namespaces(image->pid, image->capture);
}

/* Whether nothing more is to be written of the image for now. */
static bool write_due(struct image *image, uint64_t now, bool everything) {
  if (!image->start_written) {
    read_namespaces(image, now);
    if (!everything && !is_start_due(image, now)) return false;
    write_record_of(RECORD_OF_START, image);
    image->start_written = true;
    image_forget_start(image);
  }
  if (!image->has_ended) return true;
  if (!image->end_written) {
    if (!everything && !is_end_due(image, now)) return false;
    /* An end that tells of all forks leaves nothing to tell later. */
    image->forks_written = image->forks.running == 0;
    write_record_of(RECORD_OF_END, image);
    image->end_written = true;
  }
  if (image->forks.running == 0 && !image->forks_written) {
    image->forks_written = true;
    write_record_of(RECORD_OF_FORKS, image);
  }
  return true;
}

bool records_flush(uint64_t now, bool everything) {
  /* Newest first in the list; oldest first on paper. */
  struct image *list = NULL, *kept = NULL;
  for (struct image *image = waiting, *next; image != NULL; image = next) {
    next = image->next_waiting;
    image->next_waiting = list;
    list = image;
  }
  for (struct image *image = list, *next; image != NULL; image = next) {
    next = image->next_waiting;
    if (write_due(image, now, everything)) {
      image->is_waiting = false;
      image_release(image);
    } else {
      image->next_waiting = kept;
      kept = image;
    }
  }
  waiting = kept;
  return !is_broken;
}
