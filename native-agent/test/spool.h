/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the spool and of what it is made of, as a part of unit.c. */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#include "../src/delivery/messages.h"
#include "../src/delivery/sha256.h"
#include "../src/delivery/spool.h"

static char spool_path[] = "/tmp/ogrt-agent-spool-XXXXXX";

static void add_record(struct spool *spool, const char *shared, size_t size) {
  static uint8_t record[MAX_RECORD_BYTES];
  memset(record, 'r', size);
  spool_add(spool, (const uint8_t *)shared, strlen(shared), record, size);
}

/* Frames of all segments, and whether their sequences follow each other from the first one on. */
struct content {
  unsigned records, objects, segments;
  bool is_in_order;
};

static struct content read_spool(const struct spool *spool) {
  struct content content = {.is_in_order = true};
  struct buffer frame = {.limit = 4 << 20};
  for (struct segment *segment = spool->oldest; segment != NULL; segment = segment->next) {
    off_t offset = SEGMENT_HEADER_BYTES;
    uint64_t sequence, next = segment->first;
    content.segments++;
    CHECK(segment_open(spool->directory, segment));
    for (; segment_read(segment, &offset, &frame, &sequence) == FRAME_READ; buffer_clear(&frame)) {
      if (sequence == 0) {
        content.objects++;
        continue;
      }
      content.records++;
      content.is_in_order &= sequence == next++;
    }
    content.is_in_order &= next == segment->next_sequence && offset == segment->size;
    if (!spool_grows(spool, segment)) segment_close(segment);
  }
  buffer_free(&frame);
  return content;
}

/* As a process that ends; a later `spool_open` is that of the next one. */
static void abandon(struct spool *spool) {
  spool_close(spool);
  for (struct segment *segment = spool->oldest, *next; segment != NULL; segment = next) {
    next = segment->next;
    segment_close(segment);
    free(segment);
  }
  close(spool->directory);
}

static void damage(const struct spool *spool, const struct segment *segment, off_t at) {
  const uint8_t byte = 0x5a;
  const int fd = openat(spool->directory, segment->name, O_WRONLY | O_CLOEXEC);
  if (fd < 0 || pwrite(fd, &byte, 1, at) != 1 || close(fd) != 0) abort();
}

static void a_spool_keeps_its_records_in_order(void) {
  struct spool spool;
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  for (int i = 0; i < 100; i++) add_record(&spool, i % 2 == 0 ? "even" : "odd", 100);
  struct content content = read_spool(&spool);
  CHECK(content.records == 100 && content.objects == 2 && content.segments == 1 && content.is_in_order);
  CHECK(spool_records(&spool) == 100);
  spool_acknowledge(&spool, spool.epoch, 40);
  CHECK(spool_records(&spool) == 60);
  uint8_t epoch[EPOCH_BYTES];
  memcpy(epoch, spool.epoch, sizeof epoch);
  abandon(&spool);

  /* The next run takes them over, and numbers its own ones in an epoch of their own. */
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(memcmp(epoch, spool.epoch, sizeof epoch) != 0);
  CHECK(spool_records(&spool) == 60 && spool.oldest->acknowledged == 40);
  add_record(&spool, "", 100);
  CHECK(spool.newest->first == 1 && spool_records(&spool) == 61);
  spool_acknowledge(&spool, epoch, 100);
  CHECK(spool_records(&spool) == 1 && spool.oldest == spool.newest);
  spool_acknowledge(&spool, spool.epoch, 1);
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool.oldest == NULL && spool.used == 0);
  abandon(&spool);
}

static void a_spool_that_is_full_takes_no_record_and_counts_it(void) {
  struct spool spool;
  CHECK(spool_open(&spool, spool_path, 8 << 20));
  for (int i = 0; i < 200; i++) add_record(&spool, "", 64 << 10);
  const struct content content = read_spool(&spool);
  CHECK(spool.full > 0 && content.records + spool.full == 200 && content.is_in_order && content.segments > 1);
  CHECK(spool.used <= 8 << 20 && spool.next_sequence == content.records + 1);
  /* What is delivered makes room. */
  spool_acknowledge(&spool, spool.epoch, spool.next_sequence - 1);
  const uint64_t full = spool.full;
  add_record(&spool, "", 64 << 10);
  CHECK(spool.full == full && spool_records(&spool) == 1);
  spool_acknowledge(&spool, spool.epoch, spool.next_sequence - 1);
  abandon(&spool);
}

static void a_damaged_file_ends_where_it_is_damaged(void) {
  struct spool spool;
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  for (int i = 0; i < 10; i++) add_record(&spool, "", 1000);
  damage(&spool, spool.newest, SEGMENT_HEADER_BYTES + 5500);
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool.damaged == 1 && spool_records(&spool) == 5 && read_spool(&spool).is_in_order);
  /* A header that is damaged makes the file unreadable. */
  damage(&spool, spool.oldest, 10);
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool.damaged == 1 && spool.oldest == NULL);
  abandon(&spool);
}

static void a_write_that_was_cut_short_is_no_record(void) {
  struct spool spool;
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  for (int i = 0; i < 3; i++) add_record(&spool, "", 1000);
  if (ftruncate(spool.newest->fd, spool.newest->size - 1) != 0) abort();
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool_records(&spool) == 2 && spool.damaged == 1);
  spool_acknowledge(&spool, spool.oldest->epoch, 2);
  CHECK(spool.oldest == NULL);
  abandon(&spool);
}

/* Adds records of 64 KiB until there is another segment. */
static void begin_another_segment(struct spool *spool) {
  const struct segment *newest = spool->newest;
  do add_record(spool, "", 64 << 10);
  while (spool->newest == newest);
}

static void a_segment_that_is_read_stays(void) {
  struct spool spool;
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  begin_another_segment(&spool);
  struct segment *held = spool_hold(&spool, spool.epoch, 1);
  CHECK(held == spool.newest && spool_grows(&spool, held));
  /* Everything is delivered, and the next record begins another segment. */
  while (spool_grows(&spool, held)) {
    spool_acknowledge(&spool, spool.epoch, spool.next_sequence - 1);
    add_record(&spool, "", 64 << 10);
  }
  CHECK(spool.oldest == held && held->next == spool.newest);
  spool_release(&spool, held);
  CHECK(spool.oldest == spool.newest && spool_records(&spool) == 1);
  spool_acknowledge(&spool, spool.epoch, spool.next_sequence - 1);
  abandon(&spool);
}

static void a_later_segment_begins_with_its_first_record(void) {
  struct spool spool;
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  begin_another_segment(&spool);
  begin_another_segment(&spool);
  const uint64_t first = spool.newest->first;
  spool_acknowledge(&spool, spool.epoch, first - 1);
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool_undelivered(&spool)->first == first && spool.oldest->acknowledged == first - 1);
  CHECK(spool_records(&spool) == 1 && spool.damaged == 0);
  /* A number that is damaged is not believed: it might hide records. */
  segment_acknowledge(spool.directory, spool.oldest, first);
  damage(&spool, spool.oldest, 41);
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool.oldest->acknowledged == first - 1 && spool_records(&spool) == 1);
  spool_acknowledge(&spool, spool.oldest->epoch, first);
  abandon(&spool);
}

static void what_is_missing_between_two_files_is_counted(void) {
  struct spool spool;
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  begin_another_segment(&spool);
  begin_another_segment(&spool);
  begin_another_segment(&spool);
  const uint64_t records = spool_records(&spool), first = spool.oldest->next->first;
  damage(&spool, spool.oldest->next, SEGMENT_HEADER_BYTES + (64 << 10) + 1000);
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  /* A file, and its records but one. */
  const uint64_t missing = records - spool_records(&spool);
  CHECK(missing > 50 && spool.damaged == missing + 1);
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool_records(&spool) == records - missing && spool.damaged == missing);
  /* What follows a gap is another segment's. */
  uint8_t epoch[EPOCH_BYTES];
  memcpy(epoch, spool.oldest->epoch, sizeof epoch);
  struct segment *held = spool_hold(&spool, epoch, first + 1);
  CHECK(held == spool.newest && held->first == first + 1 + missing);
  spool_release(&spool, held);
  spool_acknowledge(&spool, epoch, records);
  CHECK(spool.oldest == NULL && spool.used == 0);
  abandon(&spool);
}

static void what_cannot_be_read_later_is_counted_by_record(void) {
  struct spool spool;
  struct buffer frame = {.limit = 4 << 20};
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  for (int i = 0; i < 10; i++) add_record(&spool, "", 1000);
  damage(&spool, spool.newest, SEGMENT_HEADER_BYTES + 5500);
  struct segment *held = spool_hold(&spool, spool.epoch, 1);
  off_t offset = SEGMENT_HEADER_BYTES;
  uint64_t sequence, next = 1;
  while (segment_read(held, &offset, &frame, &sequence) == FRAME_READ) next = sequence + 1;
  CHECK(next == 6);
  spool_cut(&spool, held, offset, next);
  spool_release(&spool, held);
  CHECK(spool.damaged == 5 && spool_records(&spool) == 5 && !spool.is_open && read_spool(&spool).is_in_order);
  /* The numbers of those that are missing are not given out again. */
  add_record(&spool, "", 1000);
  CHECK(spool.newest->first == 11);
  spool_acknowledge(&spool, spool.epoch, 5);
  CHECK(spool.oldest == spool.newest);
  /* A file that somebody removes while it is there to be delivered. */
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  if (unlinkat(spool.directory, spool.oldest->name, 0) != 0) abort();
  held = spool_hold(&spool, spool.oldest->epoch, 11);
  offset = SEGMENT_HEADER_BYTES;
  CHECK(held != NULL && segment_read(held, &offset, &frame, &sequence) == FRAME_DAMAGED);
  spool_cut(&spool, held, offset, 11);
  spool_release(&spool, held);
  CHECK(spool.damaged == 1 && spool.oldest == NULL);
  buffer_free(&frame);
  abandon(&spool);
}

static void a_file_that_cannot_be_opened_stays(void) {
  struct spool spool;
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  add_record(&spool, "", 1000);
  char name[sizeof spool.newest->name];
  strcpy(name, spool.newest->name);
  abandon(&spool);
  /* As with too many open files, or those of another user. */
  const int directory = open(spool_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (renameat(directory, name, directory, "kept") != 0 || symlinkat("kept", directory, name) != 0) abort();
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool.damaged == 1 && spool.oldest == NULL);
  abandon(&spool);
  CHECK(faccessat(directory, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0);
  if (renameat(directory, "kept", directory, name) != 0) abort();
  close(directory);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool.damaged == 0 && spool_records(&spool) == 1);
  spool_acknowledge(&spool, spool.oldest->epoch, 1);
  abandon(&spool);
}

/* A limit of file sizes cuts a write short, as a disk does that becomes full. */
static void a_disk_that_is_full_leaves_no_half_of_a_record(void) {
  struct spool spool;
  struct rlimit before;
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  add_record(&spool, "", 1000);
  if (getrlimit(RLIMIT_FSIZE, &before) != 0) abort();
  signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &(struct rlimit){.rlim_cur = 2000, .rlim_max = before.rlim_max});
  add_record(&spool, "shared", 1000);
  setrlimit(RLIMIT_FSIZE, &before);
  struct stat status;
  CHECK(spool.failed == 1 && spool_records(&spool) == 1);
  CHECK(fstat(spool.newest->fd, &status) == 0 && status.st_size == spool.newest->size);
  add_record(&spool, "shared", 1000);
  const struct content content = read_spool(&spool);
  CHECK(content.records == 2 && content.objects == 1 && content.is_in_order);
  abandon(&spool);
  CHECK(spool_open(&spool, spool_path, 64 << 20));
  CHECK(spool_records(&spool) == 2 && spool.damaged == 0);
  spool_acknowledge(&spool, spool.oldest->epoch, 2);
  abandon(&spool);
}

static void hashes_are_those_of_the_standard(void) {
  /* FIPS 180-4 examples: one block, and two. */
  static const struct {
    const char *text;
    uint8_t first[4];
  } cases[] = {{"abc", {0xba, 0x78, 0x16, 0xbf}},
               {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", {0x24, 0x8d, 0x6a, 0x61}},
               {"", {0xe3, 0xb0, 0xc4, 0x42}}};
  uint8_t hash[SHA256_BYTES];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sha256((const uint8_t *)cases[i].text, strlen(cases[i].text), hash);
    CHECK(memcmp(hash, cases[i].first, 4) == 0);
  }
}

static void messages_within_messages_have_their_lengths(void) {
  struct buffer buffer = {.limit = 1 << 20};
  static const char text[300];
  const size_t begun = begin_message(&buffer, 1);
  put_field(&buffer, 2, text, sizeof text);
  end_message(&buffer, begun);
  /* 303 bytes inside: a length of two bytes. */
  CHECK(buffer.size == 306 && buffer.bytes[0] == 10 && buffer.bytes[1] == 0xaf && buffer.bytes[2] == 2);
  const uint8_t *at = buffer.bytes + 1;
  uint64_t length;
  CHECK(get_varint(&at, buffer.bytes + buffer.size, &length) && length == 303);
  CHECK(!get_varint(&at, at, &length));
  buffer_free(&buffer);
  struct buffer small = {.limit = 4};
  put_varint(&small, 1, UINT64_MAX);
  CHECK(small.is_full && small.size <= 4);
  buffer_free(&small);
}

static void test_spool(void) {
  if (mkdtemp(spool_path) == NULL) abort();
  a_spool_keeps_its_records_in_order();
  a_spool_that_is_full_takes_no_record_and_counts_it();
  a_damaged_file_ends_where_it_is_damaged();
  a_write_that_was_cut_short_is_no_record();
  a_segment_that_is_read_stays();
  a_later_segment_begins_with_its_first_record();
  what_is_missing_between_two_files_is_counted();
  what_cannot_be_read_later_is_counted_by_record();
  a_file_that_cannot_be_opened_stays();
  a_disk_that_is_full_leaves_no_half_of_a_record();
  if (rmdir(spool_path) != 0) CHECK(!"the spool is empty at the end");
  hashes_are_those_of_the_standard();
  messages_within_messages_have_their_lengths();
}
