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
#include <sys/stat.h>
#include <unistd.h>

#include "../base/clock.h"
#include "../base/table.h"
#include "messages.h"

/*
 * A file begins with a header: magic, epoch, first sequence, and a checksum of these; then the last acknowledged
 * sequence, which is overwritten and may be too small. Each frame follows its checksum.
 */
static const char MAGIC[8] = "OGRTSPL1";
enum {
  AT_EPOCH = 8, AT_FIRST = 24, AT_CHECKSUM = 32, AT_ACKNOWLEDGED = 40,
  CHECKSUM_BYTES = 4, FRAME_HEADER_BYTES = 8,
  MAX_SEGMENT_BYTES = 4 << 20,
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

/* CRC-32 of IEEE 802.3, bit by bit over four bits at a time. */
static uint32_t checksum_of(uint32_t crc, const uint8_t *bytes, size_t size) {
  static const uint32_t table[16] = {0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
                                     0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
                                     0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c};
  crc = ~crc;
  for (size_t i = 0; i < size; i++) {
    crc = table[(crc ^ bytes[i]) & 15] ^ crc >> 4;
    crc = table[(crc ^ bytes[i] >> 4) & 15] ^ crc >> 4;
  }
  return ~crc;
}

static bool write_all(int fd, const void *bytes, size_t size, off_t at) {
  for (size_t done = 0; done < size;) {
    const ssize_t written = pwrite(fd, (const uint8_t *)bytes + done, size - done, at + (off_t)done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    done += (size_t)written;
  }
  return true;
}

static bool read_all(int fd, void *bytes, size_t size, off_t at) {
  for (size_t done = 0; done < size;) {
    const ssize_t got = pread(fd, (uint8_t *)bytes + done, size - done, at + (off_t)done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += (size_t)got;
  }
  return true;
}

static bool make_random(void *bytes, size_t size) { return getrandom(bytes, size, 0) == (ssize_t)size; }

static void put_u64(uint8_t *at, uint64_t value) { memcpy(at, &value, sizeof value); }
static uint64_t get_u64(const uint8_t *at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static void append(struct spool *spool, struct segment *segment) {
  if (spool->newest == NULL)
    spool->oldest = segment;
  else
    spool->newest->next = segment;
  spool->newest = segment;
  spool->used += segment->size;
}

/* The sequence of a record, whose first field it is; 0 if it is not. */
static uint64_t sequence_of(const uint8_t *payload, size_t size) {
  const uint8_t *at = payload + 1;
  uint64_t sequence;
  if (size < 2 || payload[0] != FIELD_SEQUENCE << 3) return 0;
  return get_varint(&at, payload + size, &sequence) ? sequence : 0;
}

bool segment_read(const struct segment *segment, off_t *offset, struct buffer *frame, uint64_t *sequence) {
  uint8_t head[CHECKSUM_BYTES + FRAME_HEADER_BYTES];
  const off_t left = segment->size - *offset;
  if (left < (off_t)sizeof head || !read_all(segment->fd, head, sizeof head, *offset)) return false;
  const uint8_t *header = head + CHECKSUM_BYTES;
  const uint32_t type = read_u32(header), size = read_u32(header + 4);
  if (size > left - (off_t)sizeof head) return false;
  const size_t before = frame->size;
  buffer_add(frame, header, FRAME_HEADER_BYTES);
  uint8_t *payload = buffer_reserve(frame, size);
  if (payload == NULL || !read_all(segment->fd, payload, size, *offset + (off_t)sizeof head)) {
    frame->size = before;
    return false;
  }
  const uint32_t checksum = checksum_of(checksum_of(0, header, FRAME_HEADER_BYTES), payload, size);
  *sequence = type == MESSAGE_RECORD ? sequence_of(payload, size) : 0;
  if (checksum != read_u32(head) || (type != MESSAGE_OBJECTS && *sequence == 0)) {
    frame->size = before;
    return false;
  }
  frame->size += size;
  *offset += (off_t)sizeof head + size;
  return true;
}

/* Finds out what a file of an earlier run holds; it ends where its frames end to be whole. */
static bool recover(struct segment *segment, struct buffer *frame) {
  uint8_t header[SEGMENT_HEADER_BYTES];
  struct stat status;
  if (fstat(segment->fd, &status) != 0 || !read_all(segment->fd, header, sizeof header, 0)) return false;
  if (memcmp(header, MAGIC, sizeof MAGIC) != 0) return false;
  if (checksum_of(0, header, AT_CHECKSUM) != read_u32(header + AT_CHECKSUM)) return false;
  memcpy(segment->epoch, header + AT_EPOCH, EPOCH_BYTES);
  segment->first = segment->next_sequence = get_u64(header + AT_FIRST);
  segment->size = status.st_size;
  off_t offset = SEGMENT_HEADER_BYTES;
  uint64_t sequence;
  for (;;) {
    buffer_clear(frame);
    const off_t before = offset;
    if (!segment_read(segment, &offset, frame, &sequence)) break;
    if (sequence == 0) continue;
    if (sequence != segment->next_sequence) {
      offset = before;
      break;
    }
    segment->next_sequence++;
  }
  segment->size = offset;
  const uint64_t acknowledged = get_u64(header + AT_ACKNOWLEDGED);
  segment->acknowledged = acknowledged < segment->next_sequence ? acknowledged : segment->first - 1;
  return true;
}

/* Names begin with the time at which their epoch began, in hexadecimal: they sort as they follow each other. */
static int is_segment(const struct dirent *entry) {
  const size_t length = strlen(entry->d_name);
  return length > 6 && length < sizeof ((struct segment *)0)->name && strcmp(entry->d_name + length - 6, ".spool") == 0;
}

static void remove_file(const struct spool *spool, const char *name) { unlinkat(spool->directory, name, 0); }

static bool take_over(struct spool *spool, const char *name, struct buffer *frame) {
  struct segment *segment = calloc(1, sizeof *segment);
  if (segment == NULL) return false;
  memcpy(segment->name, name, strlen(name));
  segment->fd = openat(spool->directory, name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  struct stat status = {0};
  if (segment->fd >= 0) fstat(segment->fd, &status);
  if (segment->fd < 0 || !recover(segment, frame)) {
    /* A loss of power may leave a file that was begun and has no header. */
    if (segment->fd >= 0) close(segment->fd);
    free(segment);
    remove_file(spool, name);
    spool->damaged++;
    return true;
  }
  if (segment->size < status.st_size) spool->damaged++;
  append(spool, segment);
  if (segment_is_delivered(segment)) spool_drop(spool, segment);
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
  struct buffer frame = {.limit = MAX_SEGMENT_BYTES};
  bool is_read = true;
  for (int i = 0; i < count; i++) {
    is_read = is_read && take_over(spool, names[i]->d_name, &frame);
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
  if (spool->newest != NULL && segment_is_delivered(spool->newest)) spool_drop(spool, spool->newest);
}

void spool_close(struct spool *spool) {
  if (spool->is_open) close_newest(spool);
}

static bool begin_segment(struct spool *spool) {
  static uint64_t began;
  static unsigned number;
  struct segment *segment = calloc(1, sizeof *segment);
  if (segment == NULL) return false;
  if (began == 0) began = clock_ns(CLOCK_REALTIME) / NS_PER_S;
  snprintf(segment->name, sizeof segment->name, "%010llx-%02x%02x%02x%02x-%08x.spool", (unsigned long long)began,
           spool->epoch[0], spool->epoch[1], spool->epoch[2], spool->epoch[3], number++);
  uint8_t header[SEGMENT_HEADER_BYTES] = {0};
  memcpy(header, MAGIC, sizeof MAGIC);
  memcpy(header + AT_EPOCH, spool->epoch, EPOCH_BYTES);
  put_u64(header + AT_FIRST, spool->next_sequence);
  const uint32_t checksum = checksum_of(0, header, AT_CHECKSUM);
  for (int i = 0; i < CHECKSUM_BYTES; i++) header[AT_CHECKSUM + i] = (uint8_t)(checksum >> (24 - 8 * i));
  segment->fd = openat(spool->directory, segment->name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (segment->fd < 0 || !write_all(segment->fd, header, sizeof header, 0)) {
    if (segment->fd >= 0) {
      close(segment->fd);
      remove_file(spool, segment->name);
    }
    free(segment);
    return false;
  }
  memcpy(segment->epoch, spool->epoch, EPOCH_BYTES);
  segment->first = segment->next_sequence = spool->next_sequence;
  segment->acknowledged = spool->next_sequence - 1;
  segment->size = SEGMENT_HEADER_BYTES;
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

/* A frame with its checksum. */
static void add_frame(struct buffer *frames, enum message_type type, const struct buffer *payload) {
  uint8_t bytes[FRAME_HEADER_BYTES];
  for (int i = 0; i < 4; i++) {
    bytes[i] = (uint8_t)((uint32_t)type >> (24 - 8 * i));
    bytes[4 + i] = (uint8_t)((uint32_t)payload->size >> (24 - 8 * i));
  }
  buffer_add_u32(frames, checksum_of(checksum_of(0, bytes, sizeof bytes), payload->bytes, payload->size));
  buffer_add(frames, bytes, sizeof bytes);
  buffer_add(frames, payload->bytes, payload->size);
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
      add_frame(&frames, MESSAGE_OBJECTS, &payload);
      known = added;
    }
  }
  buffer_clear(&payload);
  put_varint(&payload, FIELD_SEQUENCE, spool->next_sequence);
  if (known != NULL) put_varint(&payload, FIELD_OBJECTS, known->number);
  buffer_add(&payload, record, size);
  add_frame(&frames, MESSAGE_RECORD, &payload);
  const bool is_full = spool->used + (off_t)frames.size > spool->limit;
  if (is_full || (shared_size > 0 && known == NULL) || frames.is_full || payload.is_full ||
      !write_all(segment->fd, frames.bytes, frames.size, segment->size)) {
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
  segment->size += (off_t)frames.size;
  spool->used += (off_t)frames.size;
  segment->next_sequence = ++spool->next_sequence;
  spool->is_dirty = true;
}

void spool_sync(struct spool *spool) {
  if (!spool->is_dirty || !spool->is_open) return;
  fdatasync(spool->newest->fd);
  spool->is_dirty = false;
}

bool segment_is_delivered(const struct segment *segment) { return segment->acknowledged + 1 >= segment->next_sequence; }

void spool_drop(struct spool *spool, struct segment *segment) {
  if (spool->is_open && segment == spool->newest) return;
  struct segment *before = NULL;
  for (struct segment *at = spool->oldest; at != segment; at = at->next) before = at;
  if (before == NULL)
    spool->oldest = segment->next;
  else
    before->next = segment->next;
  if (spool->newest == segment) spool->newest = before;
  spool->used -= segment->size;
  close(segment->fd);
  remove_file(spool, segment->name);
  free(segment);
}

void spool_acknowledge(struct spool *spool, const uint8_t epoch[EPOCH_BYTES], uint64_t sequence,
                       const struct segment *keep) {
  for (struct segment *segment = spool->oldest, *next; segment != NULL; segment = next) {
    next = segment->next;
    if (memcmp(segment->epoch, epoch, EPOCH_BYTES) != 0 || sequence < segment->first) continue;
    const uint64_t last = segment->next_sequence - 1;
    const uint64_t acknowledged = sequence < last ? sequence : last;
    if (acknowledged <= segment->acknowledged) continue;
    segment->acknowledged = acknowledged;
    if (segment_is_delivered(segment) && segment != keep && !(spool->is_open && segment == spool->newest)) {
      spool_drop(spool, segment);
      continue;
    }
    uint8_t bytes[8];
    put_u64(bytes, acknowledged);
    /* If that is lost, what was delivered is delivered again, and recognized. */
    write_all(segment->fd, bytes, sizeof bytes, AT_ACKNOWLEDGED);
  }
}

uint64_t spool_records(const struct spool *spool) {
  uint64_t records = 0;
  for (const struct segment *segment = spool->oldest; segment != NULL; segment = segment->next) {
    records += segment->next_sequence - 1 - segment->acknowledged;
  }
  return records;
}
