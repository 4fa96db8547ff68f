/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identify.h"

#include <ar.h>
#include <elf.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "thin-archive.h"
#include "util.h"

/* Members of an archive to read until one is an object; the first two are the symbol table and the long names. */
#define MAX_MEMBERS 64
#define MAX_MEMBER_BYTES ((long long)1 << 40)

uint64_t read_field(const uint8_t *bytes, int size, bool little) {
  uint64_t value = 0;
  for (int i = 0; i < size; i++) value = value << 8 | bytes[little ? size - 1 - i : i];
  return value;
}

struct identification identify_header(const uint8_t *bytes, uint64_t size) {
  struct identification found = {.kind = KIND_NONE};
  if (size < 52 || memcmp(bytes, ELFMAG, SELFMAG) != 0) return found;
  bool little = bytes[EI_DATA] == ELFDATA2LSB;
  found.kind = read_field(bytes + 16, 2, little) == ET_REL ? KIND_OBJECT : KIND_OTHER;
  found.class = bytes[EI_CLASS];
  found.data = bytes[EI_DATA];
  found.machine = (uint16_t)read_field(bytes + 18, 2, little);
  found.flags = (uint32_t)read_field(bytes + elf_flags_offset(found.class), 4, little);
  return found;
}

struct program_headers read_program_headers(const uint8_t *header, size_t size) {
  struct program_headers table = {0};
  struct identification found = identify_header(header, size);
  if (found.kind == KIND_NONE || (found.class == ELFCLASS64 && size < sizeof(Elf64_Ehdr))) return table;
  table.wide = found.class == ELFCLASS64;
  table.little = found.data == ELFDATA2LSB;
  table.offset = table.wide ? read_field(header + offsetof(Elf64_Ehdr, e_phoff), 8, table.little)
                            : read_field(header + offsetof(Elf32_Ehdr, e_phoff), 4, table.little);
  size_t at = table.wide ? offsetof(Elf64_Ehdr, e_phnum) : offsetof(Elf32_Ehdr, e_phnum);
  table.count = (unsigned)read_field(header + at, 2, table.little);
  table.entry_size = table.wide ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
  return table;
}

struct segment read_segment(const struct program_headers *table, const uint8_t *entry) {
  bool little = table->little;
  struct segment segment = {.type = (uint32_t)read_field(entry, 4, little)};
  if (table->wide) {
    segment.offset = read_field(entry + offsetof(Elf64_Phdr, p_offset), 8, little);
    segment.size = read_field(entry + offsetof(Elf64_Phdr, p_filesz), 8, little);
  } else {
    segment.offset = read_field(entry + offsetof(Elf32_Phdr, p_offset), 4, little);
    segment.size = read_field(entry + offsetof(Elf32_Phdr, p_filesz), 4, little);
  }
  return segment;
}

/* Identifies the ELF header at an offset. */
static struct identification identify_at(int fd, off_t offset) {
  uint8_t bytes[sizeof(Elf64_Ehdr)];
  ssize_t count = pread(fd, bytes, sizeof bytes, offset);
  return identify_header(bytes, count < 0 ? 0 : (uint64_t)count);
}

/* ar(5): each member has a header with its size as decimal text, and starts at an even offset. */
static struct identification identify_first_object(int fd) {
  struct identification found = {.kind = KIND_ARCHIVE};
  off_t at = SARMAG;
  for (int member = 0; member < MAX_MEMBERS; member++) {
    struct ar_hdr header;
    char size_text[sizeof header.ar_size + 1] = "";
    if (pread(fd, &header, sizeof header, at) != (ssize_t)sizeof header) break;
    if (memcmp(header.ar_fmag, ARFMAG, sizeof header.ar_fmag) != 0) break;
    struct identification inside = identify_at(fd, at + (off_t)sizeof header);
    if (inside.kind == KIND_OBJECT) {
      inside.kind = KIND_ARCHIVE;
      return inside;
    }
    memcpy(size_text, header.ar_size, sizeof header.ar_size);
    long long size = strtoll(size_text, NULL, 10);
    if (size < 0 || size > MAX_MEMBER_BYTES) break;
    at += (off_t)sizeof header + (off_t)size + (off_t)(size & 1);
  }
  return found;
}

/* Takes the identification of the first member of a thin archive that is an object. */
static void identify_thin_member(void *data, const char *path) {
  struct identification *found = data;
  int fd = found->machine == 0 ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
  if (fd < 0) return;
  struct identification inside = identify_at(fd, 0);
  if (inside.kind == KIND_OBJECT) *found = inside, found->kind = KIND_ARCHIVE;
  close(fd);
}

struct identification identify(const char *path) {
  struct identification found = {.kind = KIND_NONE};
  size_t size;
  int fd = open_regular(path, &size);
  if (fd < 0) return found;
  uint8_t bytes[sizeof(Elf64_Ehdr)];
  ssize_t count = pread(fd, bytes, sizeof bytes, 0);
  if (count >= SARMAG && memcmp(bytes, ARMAG, SARMAG) == 0)
    found = identify_first_object(fd);
  else if (count >= SARMAG && memcmp(bytes, THIN_MAGIC, SARMAG) == 0) {
    found.kind = KIND_ARCHIVE;
    visit_thin_members(path, identify_thin_member, &found);
  } else if (count >= 4 && memcmp(bytes, "BC\xc0\xde", 4) == 0)
    found.kind = KIND_OTHER; /* LLVM bitcode */
  else if (count > 0)
    found = identify_header(bytes, (uint64_t)count);
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
      {"elf64loongarch", ELFCLASS64, ELFDATA2LSB, EM_LOONGARCH, 0x43},
  };
  for (size_t i = 0; i < COUNT_OF(EMULATIONS); i++) {
    if (strcmp(EMULATIONS[i].name, name) == 0) {
      return (struct identification){KIND_NONE, EMULATIONS[i].class, EMULATIONS[i].data, EMULATIONS[i].machine,
                                     EMULATIONS[i].flags};
    }
  }
  return (struct identification){.kind = KIND_NONE};
}
