/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "elf-file.h"

#include <elf.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"

enum {
  MAX_PROGRAM_HEADERS = 512,
  MAX_NOTE_SEGMENTS = 32,
  MAX_SEGMENT_BYTES = 64 << 10, /* as the preload library reads */
};

struct layout {
  bool is_64, little;
  uint64_t offset; /* of the program headers */
  unsigned count;
  size_t entry_size;
};

static enum elf_result read_at(int fd, uint64_t offset, void *to, size_t size) {
  if (offset > INT64_MAX - size) return ELF_MALFORMED;
  for (size_t done = 0; done < size;) {
    const ssize_t count = pread(fd, (uint8_t *)to + done, size - done, (off_t)(offset + done));
    if (count < 0) return ELF_UNREADABLE;
    if (count == 0) return ELF_MALFORMED;
    done += (size_t)count;
  }
  return ELF_READ;
}

#define FIELD(type, member) (layout->is_64 ? offsetof(Elf64_##type, member) : offsetof(Elf32_##type, member))
#define WORD_BYTES (layout->is_64 ? 8u : 4u)

static enum elf_result read_header(int fd, struct layout *layout) {
  uint8_t header[sizeof(Elf64_Ehdr)];
  enum elf_result result = read_at(fd, 0, header, sizeof(Elf32_Ehdr));
  if (result == ELF_MALFORMED || memcmp(header, ELFMAG, SELFMAG) != 0) return result == ELF_UNREADABLE ? result : ELF_NOT_ELF;
  if (result != ELF_READ) return result;
  if (header[EI_CLASS] != ELFCLASS32 && header[EI_CLASS] != ELFCLASS64) return ELF_NOT_ELF;
  if (header[EI_DATA] != ELFDATA2LSB && header[EI_DATA] != ELFDATA2MSB) return ELF_NOT_ELF;
  layout->is_64 = header[EI_CLASS] == ELFCLASS64;
  layout->little = header[EI_DATA] == ELFDATA2LSB;
  if (layout->is_64) {
    result = read_at(fd, 0, header, sizeof header);
    if (result != ELF_READ) return result;
  }
  layout->offset = read_field(header + FIELD(Ehdr, e_phoff), WORD_BYTES, layout->little);
  layout->count = (unsigned)read_field(header + FIELD(Ehdr, e_phnum), 2, layout->little);
  layout->entry_size = layout->is_64 ? sizeof(Elf64_Phdr) : sizeof(Elf32_Phdr);
  /* The kernel executes no file with another size, and none with more headers than 64 KiB hold. */
  if (read_field(header + FIELD(Ehdr, e_phentsize), 2, layout->little) != layout->entry_size) {
    return layout->count == 0 ? ELF_READ : ELF_MALFORMED;
  }
  return layout->count > MAX_PROGRAM_HEADERS ? ELF_TOO_LARGE : ELF_READ;
}

static enum elf_result read_segment(int fd, const struct layout *layout, const uint8_t *entry, struct notes *notes) {
  static uint8_t segment[MAX_SEGMENT_BYTES];
  const uint64_t offset = read_field(entry + FIELD(Phdr, p_offset), WORD_BYTES, layout->little);
  const uint64_t size = read_field(entry + FIELD(Phdr, p_filesz), WORD_BYTES, layout->little);
  const uint64_t alignment = read_field(entry + FIELD(Phdr, p_align), WORD_BYTES, layout->little);
  if (size > sizeof segment) return ELF_TOO_LARGE;
  const enum elf_result result = read_at(fd, offset, segment, (size_t)size);
  if (result == ELF_READ) notes_add(notes, segment, (size_t)size, alignment, layout->little);
  return result;
}

enum elf_result elf_read_notes(int fd, struct notes *notes) {
  static uint8_t headers[MAX_PROGRAM_HEADERS * sizeof(Elf64_Phdr)];
  struct layout layout;
  memset(notes, 0, sizeof *notes);
  enum elf_result result = read_header(fd, &layout);
  if (result != ELF_READ) return result;
  result = read_at(fd, layout.offset, headers, layout.count * layout.entry_size);
  unsigned segments = 0;
  for (unsigned i = 0; result == ELF_READ && i < layout.count; i++) {
    const uint8_t *entry = headers + i * layout.entry_size;
    if (read_field(entry, 4, layout.little) != PT_NOTE) continue;
    if (++segments > MAX_NOTE_SEGMENTS) return ELF_TOO_LARGE;
    result = read_segment(fd, &layout, entry, notes);
  }
  return result;
}
