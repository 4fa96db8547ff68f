/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stamp.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "uuid.h"
#include "templates.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif
/* Above the descriptors that programs have open; below the smallest usual limit, 256. */
#define STAMP_DESCRIPTOR 200
#define MAX_TEMPLATE_BYTES ((size_t)1 << 20)

/* The name and descriptor of an OGRT note up to its UUID, independent of byte order. */
static const char BEFORE_UUID[] = "OGRT\0\0\0\0\1";
#define BEFORE_UUID_SIZE (sizeof BEFORE_UUID - 1)

/* The position of the UUID in an object with exactly one OGRT note, or NULL. */
static uint8_t *find_uuid(uint8_t *bytes, size_t size) {
  uint8_t *found = memmem(bytes, size, BEFORE_UUID, BEFORE_UUID_SIZE);
  if (found == NULL) return NULL;
  uint8_t *uuid = found + BEFORE_UUID_SIZE;
  size_t left = size - (size_t)(uuid - bytes);
  if (left < UUID_LENGTH + 1 || uuid[UUID_LENGTH] != '\0') return NULL;
  return memmem(uuid, left, BEFORE_UUID, BEFORE_UUID_SIZE) == NULL ? uuid : NULL;
}

static bool same_target(struct identification a, struct identification b) {
  return a.machine == b.machine && a.class == b.class && a.data == b.data;
}

/* Loads OGRT_LD_TEMPLATE, an object of ogrt-stamp with package metadata, if it has the target of the link. */
static bool load_user_template(const struct command *command, struct stamp *stamp) {
  const char *path = setting("OGRT_LD_TEMPLATE");
  if (path == NULL) return false;
  size_t size;
  uint8_t *bytes = (uint8_t *)read_file(path, MAX_TEMPLATE_BYTES, &size);
  struct identification of = bytes == NULL ? (struct identification){0} : identify_header(bytes, size);
  if (of.kind != KIND_OBJECT || find_uuid(bytes, size) == NULL) {
    warn_once("%s is not an object with one stamp, as `ogrt-stamp -o stamp.o` creates; using a plain stamp", path);
    free(bytes);
    return false;
  }
  if (!same_target(of, command->target)) {
    free(bytes);
    return false;
  }
  stamp->bytes = bytes;
  stamp->size = size;
  return true;
}

static bool copy_built_in_template(const struct command *command, struct stamp *stamp) {
  for (size_t i = 0; i < COUNT_OF(TEMPLATES); i++) {
    if (!same_target(identify_header(TEMPLATES[i].bytes, TEMPLATES[i].size), command->target)) continue;
    stamp->size = TEMPLATES[i].size;
    stamp->bytes = malloc(stamp->size);
    if (stamp->bytes == NULL) return false;
    memcpy(stamp->bytes, TEMPLATES[i].bytes, stamp->size);
    return true;
  }
  return false;
}

/* The ABI bits of e_flags, in which linkers require all objects to agree. */
static uint32_t abi_mask(uint16_t machine) {
  switch (machine) {
    case EM_RISCV: return 0xe;      /* EF_RISCV_FLOAT_ABI, EF_RISCV_RVE */
    case EM_PPC64: return 0x3;      /* EF_PPC64_ABI */
    case EM_LOONGARCH: return 0xff; /* base ABI and object ABI version */
    default: return 0;
  }
}

static void adopt_abi(struct stamp *stamp, struct identification target) {
  uint32_t mask = abi_mask(target.machine);
  uint8_t *flags = stamp->bytes + elf_flags_offset(target.class);
  for (int i = 0; i < 4; i++) {
    int shift = 8 * (target.data == ELFDATA2LSB ? i : 3 - i);
    uint8_t part = (uint8_t)(mask >> shift);
    flags[i] = (uint8_t)((flags[i] & ~part) | ((target.flags >> shift) & part));
  }
}

bool make_stamp(const struct command *command, struct stamp *stamp) {
  if (!load_user_template(command, stamp) && !copy_built_in_template(command, stamp)) {
    warn_once("linking %s unstamped: no stamp template for machine %u", command->output, command->target.machine);
    return false;
  }
  uint8_t *uuid = find_uuid(stamp->bytes, stamp->size);
  if (uuid == NULL) return false;
  memset(uuid, '0', UUID_LENGTH);
  if (!choose_uuid(command, stamp->bytes, stamp->size, stamp->uuid)) return false;
  memcpy(uuid, stamp->uuid, UUID_LENGTH);
  adopt_abi(stamp, command->target);
  return true;
}

/*
 * A linker inherits the descriptor, and opens it by a path that is the same in each link, because it may stay in
 * traces. A script need not hand descriptors on to the linker that it starts (Python's subprocess closes them), so it
 * gets the path of the descriptor in this process.
 */
static void name_stamp_file(struct stamp_file *file, const char *linker) {
  char start[2] = "";
  size_t size;
  int fd = open_regular(linker, &size);
  bool script = fd >= 0 && read(fd, start, sizeof start) == (ssize_t)sizeof start && memcmp(start, "#!", 2) == 0;
  if (fd >= 0) close(fd);
  if (script)
    snprintf(file->path, sizeof file->path, "/proc/%ld/fd/%d", (long)getpid(), file->fd);
  else
    snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->fd);
}

struct stamp_file open_stamp_file(const struct stamp *stamp, const char *linker) {
  struct stamp_file file;
  /* No MFD_CLOEXEC: the linker opens the file after exec. */
  file.fd = memfd_create("ogrt-stamp", MFD_NOEXEC_SEAL);
  if (file.fd < 0) file.fd = memfd_create("ogrt-stamp", 0);
  if (file.fd < 0) {
    const char *folder = setting("TMPDIR");
    file.fd = open(folder == NULL ? "/tmp" : folder, O_TMPFILE | O_RDWR, 0600);
  }
  static const struct timespec NEVER_READ[2] = {{.tv_sec = 0}, {.tv_nsec = UTIME_OMIT}};
  if (file.fd < 0 || !write_all(file.fd, stamp->bytes, stamp->size) || futimens(file.fd, NEVER_READ) != 0) {
    warn_once("linking unstamped: cannot create a file for the stamp: %s", strerror(errno));
    if (file.fd >= 0) close(file.fd);
    file.fd = -1;
    return file;
  }
  /* Independent of the descriptors that make and shells have open. */
  int fixed = fcntl(file.fd, F_DUPFD, STAMP_DESCRIPTOR);
  if (fixed >= 0) close(file.fd), file.fd = fixed;
  name_stamp_file(&file, linker);
  if (access(file.path, R_OK) != 0) {
    warn_once("linking unstamped: /proc is not mounted");
    close(file.fd);
    file.fd = -1;
  }
  return file;
}

bool stamp_was_read(const struct stamp_file *file) {
  struct stat before, after;
  char byte;
  if (fstat(file->fd, &before) != 0 || before.st_atim.tv_sec != 0) return true;
  /* A file system without access times never tells. */
  return pread(file->fd, &byte, 1, 0) != 1 || fstat(file->fd, &after) != 0 || after.st_atim.tv_sec == 0;
}

bool is_stamp_name(const char *path) {
  if (strncmp(path, "/proc/", 6) != 0) return false;
  const char *process = path + 6;
  size_t length = strncmp(process, "self", 4) == 0 ? 4 : strspn(process, "0123456789");
  return length > 0 && strncmp(process + length, "/fd/", 4) == 0;
}
