/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mapped.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "../base/clock.h"

const char *const unknown_names[UNKNOWN_REASONS] = {
    [UNKNOWN_PENDING] = "pending",         [UNKNOWN_GONE] = "gone",           [UNKNOWN_CHANGED] = "changed",
    [UNKNOWN_UNREADABLE] = "unreadable",   [UNKNOWN_MALFORMED] = "malformed", [UNKNOWN_TOO_LARGE] = "too large",
};

/* How sure it is that an open file is the mapped one, before its build-id is read. */
enum match { MATCH_NOT, MATCH_BY_BUILD_ID, MATCH_EXACT };

/*
 * The device of a mapping is that of the file system; stat(2) tells another one on btrfs and overlayfs. The inode then
 * counts only for a file that the process itself has given.
 */
static enum match match_file(const struct mapped_file *file, const struct stat *stat, bool is_from_process) {
  if (file->has_inode && file->inode == stat->st_ino) {
    if (is_from_process || makedev(file->major, file->minor) == stat->st_dev) return MATCH_EXACT;
  }
  return file->build_id_size > 0 ? MATCH_BY_BUILD_ID : MATCH_NOT;
}

static bool is_build_id(const struct mapped_file *file, const struct finding *finding) {
  return finding->build_id_size >= file->build_id_size && memcmp(finding->build_id, file->build_id, file->build_id_size) == 0;
}

static uint64_t ctime_ns(const struct stat *stat) {
  return (uint64_t)stat->st_ctim.tv_sec * NS_PER_S + (uint64_t)stat->st_ctim.tv_nsec;
}

static bool is_same(const struct finding *before, const struct stat *stat) {
  return before != NULL && before->unknown == KNOWN && before->device == stat->st_dev &&
         before->inode == stat->st_ino && before->changed_ns == ctime_ns(stat);
}

static enum unknown unknown_of(enum elf_result result) {
  switch (result) {
    case ELF_READ:
    case ELF_NOT_ELF: return KNOWN; /* a JIT compiler's file has no stamps */
    case ELF_MALFORMED: return UNKNOWN_MALFORMED;
    case ELF_TOO_LARGE: return UNKNOWN_TOO_LARGE;
    default: return UNKNOWN_UNREADABLE;
  }
}

static void take_notes(struct finding *finding, const struct notes *notes) {
  const uint32_t count = notes->signature_count < MAX_SIGNATURES ? notes->signature_count : MAX_SIGNATURES;
  finding->build_id_size = notes->build_id_size;
  memcpy(finding->build_id, notes->build_id, notes->build_id_size);
  finding->signature_count = notes->signature_count;
  if (count == 0) return;
  finding->signatures = malloc(count * sizeof *finding->signatures);
  if (finding->signatures == NULL) {
    finding->unknown = UNKNOWN_PENDING;
    finding->signature_count = 0;
  } else {
    memcpy(finding->signatures, notes->signatures, count * sizeof *finding->signatures);
  }
}

/* Reads a file that is open by O_PATH, so that nothing but a regular file is ever opened for reading. */
static struct finding read_file(int fd, const struct stat *stat, struct reader *reader) {
  struct finding finding = {.device = stat->st_dev, .inode = stat->st_ino, .changed_ns = ctime_ns(stat)};
  char path[32];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  const int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (file < 0) {
    finding.unknown = UNKNOWN_UNREADABLE;
    return finding;
  }
  struct notes notes;
  const enum elf_result result = reader_read(reader, file, &notes);
  finding.unknown = unknown_of(result);
  if (result == ELF_READ) take_notes(&finding, &notes);
  close(file);
  return finding;
}

/* False: this is not the mapped file; `finding` says what is known then. */
static bool examine(int fd, bool is_from_process, const struct mapping *mapping, const struct finding *before,
                    struct reader *reader, struct finding *finding) {
  struct stat stat;
  *finding = (struct finding){.unknown = UNKNOWN_CHANGED};
  if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) return false;
  const enum match match = match_file(&mapping->file, &stat, is_from_process);
  if (match == MATCH_NOT) return false;
  *finding = is_same(before, &stat) ? *before : read_file(fd, &stat, reader);
  if (finding->unknown != KNOWN || mapping->file.build_id_size == 0 || is_build_id(&mapping->file, finding)) return true;
  if (before == NULL || finding->signatures != before->signatures) free(finding->signatures);
  *finding = (struct finding){.unknown = UNKNOWN_CHANGED};
  return false;
}

static bool is_deleted(const char *path) {
  static const char suffix[] = " (deleted)";
  const size_t size = strlen(path), suffix_size = sizeof suffix - 1;
  return size >= suffix_size && strcmp(path + size - suffix_size, suffix) == 0;
}

enum place { PLACE_DESCRIPTOR, PLACE_PATH, PLACE_MAPPING, PLACE_PROCESS_ROOT, PLACES };

/* -1 where the place is of no use for this mapping. */
static int open_at(enum place place, const struct mapping *mapping) {
  char path[64 + 4096];
  errno = ENOENT;
  switch (place) {
    case PLACE_DESCRIPTOR: return mapping->fd;
    case PLACE_PATH:
      if (!mapping->is_in_our_root || mapping->path[0] != '/' || is_deleted(mapping->path)) return -1;
      return open(mapping->path, O_PATH | O_CLOEXEC);
    case PLACE_MAPPING:
      snprintf(path, sizeof path, "/proc/%" PRIu32 "/map_files/%" PRIx64 "-%" PRIx64, mapping->pid, mapping->address,
               mapping->address + mapping->size);
      return open(path, O_PATH | O_CLOEXEC);
    default:
      if (mapping->path[0] != '/' || is_deleted(mapping->path)) return -1;
      if (snprintf(path, sizeof path, "/proc/%" PRIu32 "/root%s", mapping->pid, mapping->path) >= (int)sizeof path) return -1;
      return open(path, O_PATH | O_CLOEXEC);
  }
}

struct finding examine_mapping(const struct mapping *mapping, const struct finding *before, struct reader *reader) {
  struct finding last = {.unknown = UNKNOWN_GONE};
  for (enum place place = 0; place < PLACES; place++) {
    struct finding finding;
    const int fd = open_at(place, mapping);
    if (fd < 0) {
      if (errno == EACCES || errno == EPERM) last.unknown = UNKNOWN_UNREADABLE;
      continue;
    }
    const bool is_it = examine(fd, place == PLACE_DESCRIPTOR || place == PLACE_MAPPING, mapping, before, reader, &finding);
    close(fd);
    if (is_it) return finding;
    last = finding;
  }
  return last;
}
