/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_IDENTIFY_H
#define OGRT_LD_IDENTIFY_H

#include <elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef EM_LOONGARCH
#define EM_LOONGARCH 258
#endif

enum kind { KIND_NONE, KIND_OBJECT, KIND_ARCHIVE, KIND_OTHER };

/* The kind of an input file, and the target that it was compiled for. */
struct identification {
  enum kind kind;
  uint8_t class, data; /* e_ident[EI_CLASS], e_ident[EI_DATA] */
  uint16_t machine;    /* 0: unknown */
  uint32_t flags;
};

/* Reads the first bytes of a regular file, and of the members of an archive until one is an object. */
struct identification identify(const char *path);
/* The target of `-m NAME`. */
struct identification identify_emulation(const char *name);
/* Reads an ELF header. */
struct identification identify_header(const uint8_t *bytes, uint64_t size);

/* The table of program headers of an ELF file; entry_size is 0 if it is not an ELF file. */
struct program_headers {
  uint64_t offset;
  unsigned count;
  size_t entry_size;
  bool wide, little;
};
struct segment {
  uint32_t type;
  uint64_t offset, size;
};
struct program_headers read_program_headers(const uint8_t *header, size_t size);
struct segment read_segment(const struct program_headers *table, const uint8_t *entry);

/* An integer of 1 to 8 bytes. */
uint64_t read_field(const uint8_t *bytes, int size, bool little);
/* The offset of e_flags in an ELF header. */
static inline size_t elf_flags_offset(uint8_t class) {
  return class == ELFCLASS64 ? offsetof(Elf64_Ehdr, e_flags) : offsetof(Elf32_Ehdr, e_flags);
}

#endif
