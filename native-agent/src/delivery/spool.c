/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include "../base/clock.h"
#include "../base/table.h"
#include "messages.h"

enum {
  MAX_SEGMENT_SHARED_BYTES = 2 << 20, /* the collector keeps 8 MiB of a connection */
  MAX_SHARED = 4096,                  /* numbers that the protocol has */
  LOCK_TIMEOUT_MS = 10000,
  LOCK_INTERVAL_MS = 50,
};

struct shared {
  struct link link; /* by hash */
  uint32_t number;
  size_t size;
  uint8_t bytes[];
};
static struct table shared_table;

static bool make_random(void *bytes, size_t size) { return getrandom(bytes, size, 0) == (ssize_t)size; }

static void append(struct spool *spool, struct segment *segment) {
  if (spool->newest == NULL)
    spool->oldest = segment;
  else
    spool->newest->next = segment;
  spool->newest = segment;
  spool->used += segment->size;
}

/* Names begin with the time at which their epoch began, in hexadecimal: they sort as they follow each other. */
static int is_segment(const struct dirent *entry) {
  const size_t length = strlen(entry->d_name);
  return length > 6 && length < sizeof ((struct segment *)0)->name && strcmp(entry->d_name + length - 6, ".spool") == 0;
}

/* Removes a segment whose records are delivered, unless it grows or is read. */
static void drop(struct spool *spool, struct segment *segment) {
  if (spool_grows(spool, segment) || segment->is_held || !segment_is_delivered(segment)) return;
  struct segment *before = NULL;
  for (struct segment *at = spool->oldest; at != segment; at = at->next) before = at;
  if (before == NULL)
    spool->oldest = segment->next;
  else
    before->next = segment->next;
  if (spool->newest == segment) spool->newest = before;
  spool->used -= segment->size;
  segment_close(segment);
  unlinkat(spool->directory, segment->name, 0);
  free(segment);
}

/* Records between two files of an epoch are missing. */
static uint64_t gap_between(const struct segment *last, const struct segment *segment) {
  if (memcmp(last->epoch, segment->epoch, EPOCH_BYTES) != 0) return 0;
  const uint64_t delivered = last->acknowledged + 1;
  const uint64_t expected = delivered > last->next_sequence ? delivered : last->next_sequence;
  return segment->first > expected ? segment->first - expected : 0;
}

/* `last` is what was known of the file before this one. */
static bool take_over(struct spool *spool, const char *name, struct buffer *frame, struct segment *last) {
  struct segment *segment;
  const enum segment_found found = segment_recover(spool->directory, name, frame, &segment);
  if (found == SEGMENT_UNREADABLE && errno == ENOMEM) return false;
  if (found == SEGMENT_UNREADABLE) fprintf(stderr, "ogrt-agent: %s of the spool stays: %s\n", name, strerror(errno));
  /* A loss of power may leave a file that was begun and has no header. */
  if (found == SEGMENT_WORTHLESS) unlinkat(spool->directory, name, 0);
  if (found != SEGMENT_FOUND) spool->damaged++;
  if (segment == NULL) return true;
  spool->damaged += gap_between(last, segment);
  *last = *segment;
  append(spool, segment);
  drop(spool, segment);
  return true;
}

/* One process has the spool: that of an agent that was killed may still be about to end. */
static bool lock(int directory) {
  for (unsigned waited = 0; flock(directory, LOCK_EX | LOCK_NB) != 0; waited += LOCK_INTERVAL_MS) {
    if (errno != EWOULDBLOCK || waited > LOCK_TIMEOUT_MS) return false;
    poll(NULL, 0, LOCK_INTERVAL_MS);
  }
  return true;
}

bool spool_open(struct spool *spool, const char *path, off_t limit) {
  struct dirent **names;
  *spool = (struct spool){.limit = limit, .next_sequence = 1};
  spool->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (spool->directory < 0 || !lock(spool->directory) || !make_random(spool->epoch, EPOCH_BYTES)) return false;
  /* A random UUID (RFC 9562, version 4). */
  spool->epoch[6] = (uint8_t)((spool->epoch[6] & 0x0f) | 0x40);
  spool->epoch[8] = (uint8_t)((spool->epoch[8] & 0x3f) | 0x80);
  const int count = scandir(path, &names, is_segment, alphasort);
  if (count < 0) return false;
  struct buffer frame = {.limit = 2 * MAX_SEGMENT_BYTES};
  struct segment last = {0};
  bool is_read = true;
  for (int i = 0; i < count; i++) {
    is_read = is_read && take_over(spool, names[i]->d_name, &frame, &last);
    free(names[i]);
  }
  free(names);
  buffer_free(&frame);
  return is_read;
}

static void forget_shared(struct spool *spool) {
  for (uint32_t i = 0; i < shared_table.capacity; i++) {
    for (struct link *link = shared_table.slots[i], *next; link != NULL; link = next) {
      next = link->next;
      free(link);
    }
    shared_table.slots[i] = NULL;
  }
  shared_table.count = 0;
  spool->shared_count = 0;
  spool->shared_bytes = 0;
}

/* Ends the segment that grows. */
static void close_newest(struct spool *spool) {
  spool_sync(spool);
  spool->is_open = false;
  forget_shared(spool);
  if (!spool->newest->is_held) segment_close(spool->newest);
  drop(spool, spool->newest);
}

void spool_close(struct spool *spool) {
  if (spool->is_open) close_newest(spool);
}

static bool begin_segment(struct spool *spool) {
  static uint64_t began;
  static unsigned number;
  char name[sizeof ((struct segment *)0)->name];
  if (began == 0) began = clock_ns(CLOCK_REALTIME) / NS_PER_S;
  snprintf(name, sizeof name, "%010llx-%02x%02x%02x%02x-%08x.spool", (unsigned long long)began, spool->epoch[0],
           spool->epoch[1], spool->epoch[2], spool->epoch[3], number++);
  struct segment *segment = segment_create(spool->directory, name, spool->epoch, spool->next_sequence);
  if (segment == NULL) return false;
  append(spool, segment);
  spool->is_open = spool->is_dirty = true;
  /* The name of the file, too, must survive a loss of power. */
  fsync(spool->directory);
  return true;
}

static struct shared *find_shared(const uint8_t *bytes, size_t size, uint64_t hash) {
  struct shared *shared = (struct shared *)table_find(&shared_table, hash);
  while (shared != NULL && (shared->size != size || memcmp(shared->bytes, bytes, size) != 0)) {
    shared = (struct shared *)table_next(&shared->link);
  }
  return shared;
}

static bool needs_segment(const struct spool *spool, size_t shared_size, size_t size) {
  if (!spool->is_open) return true;
  return spool->newest->size + (off_t)(shared_size + size) > MAX_SEGMENT_BYTES || spool->shared_count >= MAX_SHARED ||
         spool->shared_bytes + shared_size > MAX_SEGMENT_SHARED_BYTES;
}

void spool_add(struct spool *spool, const uint8_t *shared, size_t shared_size, const uint8_t *record, size_t size) {
  static struct buffer frames = {.limit = MAX_SEGMENT_BYTES}, payload = {.limit = MAX_SEGMENT_BYTES};
  if (needs_segment(spool, shared_size, size)) {
    if (spool->is_open) close_newest(spool);
    if (spool->used + MAX_RECORD_BYTES > spool->limit) {
      spool->full++;
      return;
    }
    if (!begin_segment(spool)) {
      spool->failed++;
      return;
    }
  }
  struct segment *segment = spool->newest;
  struct shared *known = NULL, *added = NULL;
  buffer_clear(&frames);
  if (shared_size > 0) {
    const uint64_t hash = hash_add(0, shared, shared_size);
    known = find_shared(shared, shared_size, hash);
    if (known == NULL && (added = malloc(sizeof *added + shared_size)) != NULL) {
      added->number = spool->shared_count;
      added->size = shared_size;
      added->link.key = hash;
      memcpy(added->bytes, shared, shared_size);
      buffer_clear(&payload);
      put_varint(&payload, 1, added->number);
      put_field(&payload, 2, shared, shared_size);
      segment_encode(&frames, MESSAGE_OBJECTS, &payload);
      known = added;
    }
  }
  buffer_clear(&payload);
  put_varint(&payload, FIELD_SEQUENCE, spool->next_sequence);
  if (known != NULL) put_varint(&payload, FIELD_OBJECTS, known->number);
  buffer_add(&payload, record, size);
  segment_encode(&frames, MESSAGE_RECORD, &payload);
  const bool is_full = spool->used + (off_t)frames.size > spool->limit;
  if (is_full || (shared_size > 0 && known == NULL) || frames.is_full || payload.is_full ||
      !segment_append(segment, &frames)) {
    if (is_full)
      spool->full++;
    else
      spool->failed++;
    free(added);
    return;
  }
  if (added != NULL && table_add(&shared_table, &added->link, added->link.key)) {
    spool->shared_count++;
    spool->shared_bytes += shared_size;
  } else if (added != NULL) {
    /* Its number is taken; without memory it is sent again under another one. */
    spool->shared_count++;
    free(added);
  }
  spool->used += (off_t)frames.size;
  segment->next_sequence = ++spool->next_sequence;
  spool->is_dirty = true;
}

void spool_sync(struct spool *spool) {
  if (!spool->is_dirty || !spool->is_open) return;
  /* What failed is tried again a second later. */
  spool->is_dirty = fdatasync(spool->newest->fd) != 0;
}

const struct segment *spool_undelivered(const struct spool *spool) {
  const struct segment *segment = spool->oldest;
  while (segment != NULL && segment_is_delivered(segment)) segment = segment->next;
  return segment;
}

struct segment *spool_hold(struct spool *spool, const uint8_t epoch[EPOCH_BYTES], uint64_t sequence) {
  struct segment *segment = spool->oldest;
  while (segment != NULL && (memcmp(segment->epoch, epoch, EPOCH_BYTES) != 0 || segment->next_sequence <= sequence)) {
    segment = segment->next;
  }
  errno = 0;
  if (segment == NULL || (!segment_open(spool->directory, segment) && errno != ENOENT)) return NULL;
  /* Of a file that somebody removed, nothing can be read. */
  segment->is_held = true;
  return segment;
}

void spool_release(struct spool *spool, struct segment *segment) {
  segment->is_held = false;
  if (!spool_grows(spool, segment)) segment_close(segment);
  drop(spool, segment);
}

bool spool_grows(const struct spool *spool, const struct segment *segment) {
  return spool->is_open && segment == spool->newest;
}

void spool_cut(struct spool *spool, struct segment *segment, off_t offset, uint64_t sequence) {
  if (spool_grows(spool, segment)) close_newest(spool);
  spool->damaged += segment->next_sequence - sequence;
  spool->used -= segment->size - offset;
  segment->next_sequence = sequence;
  segment_cut(segment, offset);
}

void spool_acknowledge(struct spool *spool, const uint8_t epoch[EPOCH_BYTES], uint64_t sequence) {
  for (struct segment *segment = spool->oldest, *next; segment != NULL; segment = next) {
    next = segment->next;
    if (memcmp(segment->epoch, epoch, EPOCH_BYTES) != 0 || sequence < segment->first) continue;
    const uint64_t last = segment->next_sequence - 1;
    const uint64_t acknowledged = sequence < last ? sequence : last;
    if (acknowledged <= segment->acknowledged) continue;
    segment_acknowledge(spool->directory, segment, acknowledged);
    drop(spool, segment);
  }
}

uint64_t spool_records(const struct spool *spool) {
  uint64_t records = 0;
  for (const struct segment *segment = spool->oldest; segment != NULL; segment = segment->next) {
    records += segment->next_sequence - 1 - segment->acknowledged;
  }
  return records;
}
