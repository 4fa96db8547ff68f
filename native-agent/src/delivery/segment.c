/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "segment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A file begins with a header: magic, epoch, first sequence, and a checksum of these; then the last acknowledged
 * sequence and its checksum, which are overwritten, and may be too small or damaged: then the records are sent again.
 */
static const char MAGIC[8] = "OGRTSPL1";
enum {
  AT_EPOCH = 8, AT_FIRST = 24, AT_CHECKSUM = 32, AT_ACKNOWLEDGED = 40, AT_ACKNOWLEDGED_CHECKSUM = 48,
  CHECKSUM_BYTES = 4, FRAME_HEADER_BYTES = 8,
};

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
    if (written == 0) errno = ENOSPC;
    if (written <= 0) return false;
    done += (size_t)written;
  }
  return true;
}

/* At the end of the file, errno is 0. */
static bool read_all(int fd, void *bytes, size_t size, off_t at) {
  for (size_t done = 0; done < size;) {
    const ssize_t got = pread(fd, (uint8_t *)bytes + done, size - done, at + (off_t)done);
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = 0;
    if (got <= 0) return false;
    done += (size_t)got;
  }
  return true;
}

static void put_u32(uint8_t *at, uint32_t value) {
  for (int i = 0; i < 4; i++) at[i] = (uint8_t)(value >> (24 - 8 * i));
}
static void put_u64(uint8_t *at, uint64_t value) { memcpy(at, &value, sizeof value); }
static uint64_t get_u64(const uint8_t *at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static struct segment *new_segment(const char *name) {
  struct segment *segment = calloc(1, sizeof *segment);
  if (segment == NULL) return NULL;
  segment->fd = -1;
  strncpy(segment->name, name, sizeof segment->name - 1);
  return segment;
}

struct segment *segment_create(int directory, const char *name, const uint8_t epoch[EPOCH_BYTES], uint64_t first) {
  struct segment *segment = new_segment(name);
  if (segment == NULL) return NULL;
  uint8_t header[SEGMENT_HEADER_BYTES] = {0};
  memcpy(header, MAGIC, sizeof MAGIC);
  memcpy(header + AT_EPOCH, epoch, EPOCH_BYTES);
  put_u64(header + AT_FIRST, first);
  put_u32(header + AT_CHECKSUM, checksum_of(0, header, AT_CHECKSUM));
  segment->fd = openat(directory, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (segment->fd < 0 || !write_all(segment->fd, header, sizeof header, 0)) {
    const int error = errno;
    if (segment->fd >= 0) unlinkat(directory, name, 0);
    segment_close(segment);
    free(segment);
    errno = error;
    return NULL;
  }
  memcpy(segment->epoch, epoch, EPOCH_BYTES);
  segment->first = segment->next_sequence = first;
  segment->acknowledged = first - 1;
  segment->size = SEGMENT_HEADER_BYTES;
  return segment;
}

/* The sequence of a record, whose first field it is; 0 if it is not. */
static uint64_t sequence_of(const uint8_t *payload, size_t size) {
  const uint8_t *at = payload + 1;
  uint64_t sequence;
  if (size < 2 || payload[0] != FIELD_SEQUENCE << 3) return 0;
  return get_varint(&at, payload + size, &sequence) ? sequence : 0;
}

enum frame_result segment_read(const struct segment *segment, off_t *offset, struct buffer *frame, uint64_t *sequence) {
  uint8_t head[CHECKSUM_BYTES + FRAME_HEADER_BYTES];
  const off_t left = segment->size - *offset;
  *sequence = 0;
  if (left == 0) return FRAME_END;
  if (left < (off_t)sizeof head || !read_all(segment->fd, head, sizeof head, *offset)) return FRAME_DAMAGED;
  const uint8_t *header = head + CHECKSUM_BYTES;
  const uint32_t type = read_u32(header), size = read_u32(header + 4);
  if (size > left - (off_t)sizeof head || size > MAX_SEGMENT_BYTES) return FRAME_DAMAGED;
  uint8_t *bytes = buffer_reserve(frame, FRAME_HEADER_BYTES + size);
  if (bytes == NULL) return FRAME_UNREAD;
  uint8_t *payload = bytes + FRAME_HEADER_BYTES;
  memcpy(bytes, header, FRAME_HEADER_BYTES);
  if (!read_all(segment->fd, payload, size, *offset + (off_t)sizeof head)) return FRAME_DAMAGED;
  if (checksum_of(0, bytes, FRAME_HEADER_BYTES + size) != read_u32(head)) return FRAME_DAMAGED;
  if (type == MESSAGE_RECORD) *sequence = sequence_of(payload, size);
  if (type != MESSAGE_OBJECTS && *sequence == 0) return FRAME_DAMAGED;
  frame->size += FRAME_HEADER_BYTES + size;
  *offset += (off_t)sizeof head + size;
  return FRAME_READ;
}

/* Counts the records that are whole and follow each other. False without memory. */
static bool count_records(struct segment *segment, struct buffer *frame, off_t *whole) {
  off_t offset = SEGMENT_HEADER_BYTES;
  uint64_t sequence;
  *whole = offset;
  for (;;) {
    buffer_clear(frame);
    const enum frame_result result = segment_read(segment, &offset, frame, &sequence);
    if (result == FRAME_UNREAD) errno = ENOMEM;
    if (result != FRAME_READ) return result != FRAME_UNREAD;
    if (sequence != 0 && sequence != segment->next_sequence) return true;
    if (sequence != 0) segment->next_sequence++;
    *whole = offset;
  }
}

static enum segment_found recover(struct segment *segment, struct buffer *frame) {
  uint8_t header[SEGMENT_HEADER_BYTES];
  struct stat status;
  if (fstat(segment->fd, &status) != 0) return SEGMENT_UNREADABLE;
  if (!read_all(segment->fd, header, sizeof header, 0)) return errno == 0 ? SEGMENT_WORTHLESS : SEGMENT_UNREADABLE;
  if (memcmp(header, MAGIC, sizeof MAGIC) != 0) return SEGMENT_WORTHLESS;
  if (checksum_of(0, header, AT_CHECKSUM) != read_u32(header + AT_CHECKSUM)) return SEGMENT_WORTHLESS;
  memcpy(segment->epoch, header + AT_EPOCH, EPOCH_BYTES);
  segment->first = segment->next_sequence = get_u64(header + AT_FIRST);
  segment->size = status.st_size;
  off_t whole;
  if (!count_records(segment, frame, &whole)) return SEGMENT_UNREADABLE;
  const uint64_t acknowledged = get_u64(header + AT_ACKNOWLEDGED);
  const bool is_known =
      checksum_of(0, header + AT_ACKNOWLEDGED, sizeof acknowledged) == read_u32(header + AT_ACKNOWLEDGED_CHECKSUM);
  segment->acknowledged = is_known && acknowledged >= segment->first ? acknowledged : segment->first - 1;
  if (whole == segment->size) return SEGMENT_FOUND;
  segment_cut(segment, whole);
  return SEGMENT_CUT;
}

enum segment_found segment_recover(int directory, const char *name, struct buffer *frame, struct segment **found) {
  struct segment *segment = new_segment(name);
  *found = NULL;
  if (segment == NULL) return SEGMENT_UNREADABLE;
  const enum segment_found result = segment_open(directory, segment) ? recover(segment, frame) : SEGMENT_UNREADABLE;
  const int error = errno;
  segment_close(segment);
  if (result == SEGMENT_FOUND || result == SEGMENT_CUT)
    *found = segment;
  else
    free(segment);
  errno = error;
  return result;
}

bool segment_open(int directory, struct segment *segment) {
  if (segment->fd < 0) segment->fd = openat(directory, segment->name, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  return segment->fd >= 0;
}

void segment_close(struct segment *segment) {
  if (segment->fd >= 0) close(segment->fd);
  segment->fd = -1;
}

void segment_encode(struct buffer *frames, enum message_type type, const struct buffer *payload) {
  uint8_t bytes[FRAME_HEADER_BYTES];
  put_u32(bytes, type);
  put_u32(bytes + 4, (uint32_t)payload->size);
  buffer_add_u32(frames, checksum_of(checksum_of(0, bytes, sizeof bytes), payload->bytes, payload->size));
  buffer_add(frames, bytes, sizeof bytes);
  buffer_add(frames, payload->bytes, payload->size);
}

bool segment_append(struct segment *segment, const struct buffer *frames) {
  if (!write_all(segment->fd, frames->bytes, frames->size, segment->size)) {
    const int error = errno;
    /* A part of it may be there. */
    segment_cut(segment, segment->size);
    errno = error;
    return false;
  }
  segment->size += (off_t)frames->size;
  return true;
}

void segment_cut(struct segment *segment, off_t size) {
  segment->size = size;
  /* If that fails, the next run finds the same end. */
  while (ftruncate(segment->fd, size) != 0 && errno == EINTR) continue;
}

void segment_acknowledge(int directory, struct segment *segment, uint64_t sequence) {
  uint8_t bytes[AT_ACKNOWLEDGED_CHECKSUM - AT_ACKNOWLEDGED + CHECKSUM_BYTES];
  const bool was_open = segment->fd >= 0;
  segment->acknowledged = sequence;
  put_u64(bytes, sequence);
  put_u32(bytes + sizeof sequence, checksum_of(0, bytes, sizeof sequence));
  /* If that is lost, what was delivered is delivered again, and recognized. */
  if (segment_open(directory, segment)) write_all(segment->fd, bytes, sizeof bytes, AT_ACKNOWLEDGED);
  if (!was_open) segment_close(segment);
}

bool segment_is_delivered(const struct segment *segment) { return segment->acknowledged + 1 >= segment->next_sequence; }
