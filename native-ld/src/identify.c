/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identify.h"

#include <elf.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "thin.h"

/* Members of an archive that are looked at; the symbol table and the name table are the first two. */
#define MEMBERS_MAX 64

static uint32_t field(const uint8_t *bytes, int size, bool little) {
  uint32_t value = 0;
  for (int i = 0; i < size; i++) value = value << 8 | bytes[little ? size - 1 - i : i];
  return value;
}

struct identification identify_header(const uint8_t *bytes, uint64_t size) {
  struct identification found = {.kind = KIND_NONE};
  if (size < 52 || memcmp(bytes, ELFMAG, SELFMAG) != 0) return found;
  bool wide = bytes[EI_CLASS] == ELFCLASS64, little = bytes[EI_DATA] == ELFDATA2LSB;
  found.kind = field(bytes + 16, 2, little) == ET_REL ? KIND_OBJECT : KIND_OTHER;
  found.class = bytes[EI_CLASS];
  found.data = bytes[EI_DATA];
  found.machine = (uint16_t)field(bytes + 18, 2, little);
  found.flags = field(bytes + (wide ? 48 : 36), 4, little);
  return found;
}

/* ar(5): 60-byte headers whose size field is decimal text, members on even offsets. */
static struct identification first_member(int fd) {
  struct identification found = {.kind = KIND_ARCHIVE};
  off_t at = 8;
  for (int member = 0; member < MEMBERS_MAX; member++) {
    char header[61] = {0};
    uint8_t bytes[64];
    if (pread(fd, header, 60, at) != 60 || memcmp(header + 58, "`\n", 2) != 0) break;
    ssize_t count = pread(fd, bytes, sizeof bytes, at + 60);
    struct identification inside = identify_header(bytes, count < 0 ? 0 : (uint64_t)count);
    if (inside.kind == KIND_OBJECT) {
      inside.kind = KIND_ARCHIVE;
      return inside;
    }
    header[58] = '\0';
    long long size = strtoll(header + 48, NULL, 10);
    if (size < 0 || size > (long long)1 << 40) break;
    at += 60 + (off_t)size + (off_t)(size & 1);
  }
  return found;
}

/* The header of a file that is an object itself. */
static void identify_member(void *data, const char *path) {
  struct identification *found = data;
  uint8_t bytes[64];
  int fd = found->machine == 0 ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
  if (fd < 0) return;
  ssize_t count = pread(fd, bytes, sizeof bytes, 0);
  struct identification inside = identify_header(bytes, count < 0 ? 0 : (uint64_t)count);
  if (inside.kind == KIND_OBJECT) *found = inside, found->kind = KIND_ARCHIVE;
  close(fd);
}

struct identification identify(const char *path) {
  struct identification found = {.kind = KIND_NONE};
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return found;
  struct stat stat;
  uint8_t bytes[64];
  if (fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode)) {
    ssize_t count = pread(fd, bytes, sizeof bytes, 0);
    if (count >= 8 && memcmp(bytes, "!<arch>\n", 8) == 0)
      found = first_member(fd);
    else if (count >= 8 && memcmp(bytes, "!<thin>\n", 8) == 0) {
      found.kind = KIND_ARCHIVE;
      thin_members(path, identify_member, &found);
    } else if (count >= 4 && memcmp(bytes, "BC\xc0\xde", 4) == 0)
      found.kind = KIND_OTHER; /* LLVM's intermediate code */
    else if (count > 0)
      found = identify_header(bytes, (uint64_t)count);
  }
  close(fd);
  return found;
}

struct identification identify_emulation(const char *name) {
  static const struct {
    const char *name;
    uint8_t class, data;
    uint16_t machine;
    uint32_t flags;
  } EMULATIONS[] = {
      {"elf_x86_64", ELFCLASS64, ELFDATA2LSB, EM_X86_64, 0},
      {"elf_i386", ELFCLASS32, ELFDATA2LSB, EM_386, 0},
      {"aarch64linux", ELFCLASS64, ELFDATA2LSB, EM_AARCH64, 0},
      {"aarch64elf", ELFCLASS64, ELFDATA2LSB, EM_AARCH64, 0},
      {"armelf_linux_eabi", ELFCLASS32, ELFDATA2LSB, EM_ARM, 0x05000000},
      {"elf64lppc", ELFCLASS64, ELFDATA2LSB, EM_PPC64, 2},
      {"elf64ppc", ELFCLASS64, ELFDATA2MSB, EM_PPC64, 0},
      {"elf32ppclinux", ELFCLASS32, ELFDATA2MSB, EM_PPC, 0},
      {"elf32ppc", ELFCLASS32, ELFDATA2MSB, EM_PPC, 0},
      {"elf64lriscv", ELFCLASS64, ELFDATA2LSB, EM_RISCV, 4},
      {"elf64_s390", ELFCLASS64, ELFDATA2MSB, EM_S390, 0},
      {"elf64loongarch", ELFCLASS64, ELFDATA2LSB, 258, 0x43},
  };
  for (size_t i = 0; i < sizeof EMULATIONS / sizeof *EMULATIONS; i++) {
    if (strcmp(EMULATIONS[i].name, name) == 0) {
      return (struct identification){KIND_NONE, EMULATIONS[i].class, EMULATIONS[i].data, EMULATIONS[i].machine,
                                     EMULATIONS[i].flags};
    }
  }
  return (struct identification){.kind = KIND_NONE};
}
