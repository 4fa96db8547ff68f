/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lto-object.h"

#include <elf.h>
#include <string.h>

#include "identify.h"

struct sections {
  const uint8_t *bytes;
  size_t size;
  bool wide, little;
  uint64_t offset;
  unsigned count, names;
};

struct section {
  uint64_t name, type, flags, offset, size, link, info, alignment, entry_size;
};

/* A field of a structure that has the same fields, in the same order, in both classes. */
#define FIELD(sections, at, Type64, Type32, name)                                                          \
  ((sections)->wide ? read_field((at) + offsetof(Type64, name), sizeof((Type64 *)0)->name, (sections)->little) \
                    : read_field((at) + offsetof(Type32, name), sizeof((Type32 *)0)->name, (sections)->little))
#define SECTION_FIELD(name) FIELD(sections, at, Elf64_Shdr, Elf32_Shdr, name)
#define HEADER_FIELD(name) FIELD(sections, bytes, Elf64_Ehdr, Elf32_Ehdr, name)

static bool read_section(const struct sections *sections, unsigned index, struct section *section) {
  size_t entry = sections->wide ? sizeof(Elf64_Shdr) : sizeof(Elf32_Shdr);
  if (sections->offset > sections->size || sections->size - sections->offset < (index + 1) * entry) return false;
  const uint8_t *at = sections->bytes + sections->offset + index * entry;
  *section = (struct section){
      .name = SECTION_FIELD(sh_name),
      .type = SECTION_FIELD(sh_type),
      .flags = SECTION_FIELD(sh_flags),
      .offset = SECTION_FIELD(sh_offset),
      .size = SECTION_FIELD(sh_size),
      .link = SECTION_FIELD(sh_link),
      .info = SECTION_FIELD(sh_info),
      .alignment = SECTION_FIELD(sh_addralign),
      .entry_size = SECTION_FIELD(sh_entsize),
  };
  return section->type == SHT_NOBITS ||
         (section->offset <= sections->size && section->size <= sections->size - section->offset);
}

static bool read_sections(const uint8_t *bytes, size_t size, struct sections *sections) {
  struct identification found = identify_header(bytes, size);
  if (found.kind != KIND_OBJECT || size < sizeof(Elf64_Ehdr)) return false;
  *sections = (struct sections){.bytes = bytes, .size = size};
  sections->wide = found.class == ELFCLASS64;
  sections->little = found.data == ELFDATA2LSB;
  sections->offset = HEADER_FIELD(e_shoff);
  sections->count = (unsigned)HEADER_FIELD(e_shnum);
  sections->names = (unsigned)HEADER_FIELD(e_shstrndx);
  return true;
}

/* The name of a section, or "" if it is not in the file. */
static const char *name_of(const struct sections *sections, const struct section *section) {
  struct section names;
  if (!read_section(sections, sections->names, &names) || names.type != SHT_STRTAB || section->name >= names.size)
    return "";
  const char *name = (const char *)sections->bytes + names.offset + section->name;
  return memchr(name, '\0', names.size - section->name) == NULL ? "" : name;
}

/* gcc, lto_get_section_name: `.gnu.lto_NAME.SEED`, with the seed in hexadecimal digits. */
static bool is_lto_name(const char *name) {
  return strncmp(name, ".gnu.lto_", 9) == 0 || strncmp(name, ".gnu.debuglto_", 14) == 0 ||
         strncmp(name, ".gnu.offload_lto_", 17) == 0;
}

static size_t length_without_seed(const char *name) {
  const char *end = is_lto_name(name) ? strrchr(name, '.') : NULL;
  size_t digits = end == NULL ? 0 : strspn(end + 1, "0123456789abcdef");
  return digits == 0 || end[1 + digits] != '\0' ? strlen(name) : (size_t)(end - name);
}

bool is_lto_object(const uint8_t *bytes, size_t size) {
  struct sections sections;
  struct section section;
  bool found = false;
  if (!read_sections(bytes, size, &sections)) return false;
  for (unsigned i = 0; i < sections.count; i++) {
    if (!read_section(&sections, i, &section)) return false;
    found |= is_lto_name(name_of(&sections, &section));
  }
  return found;
}

static void hash_number(struct sha *sha, uint64_t number) {
  uint8_t bytes[8];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)(number >> 8 * i);
  sha_update(sha, bytes, sizeof bytes);
}

bool hash_lto_object(struct sha *sha, const uint8_t *bytes, size_t size) {
  struct sections sections;
  if (!is_lto_object(bytes, size) || !read_sections(bytes, size, &sections)) return false;
  /* Identification, type, machine and version; and the flags. */
  sha_update(sha, bytes, EI_NIDENT + 8);
  sha_update(sha, bytes + elf_flags_offset(bytes[EI_CLASS]), 4);
  for (unsigned i = 0; i < sections.count; i++) {
    struct section section;
    if (i == sections.names || !read_section(&sections, i, &section)) continue;
    const char *name = name_of(&sections, &section);
    sha_update(sha, name, length_without_seed(name));
    const uint64_t numbers[] = {section.type, section.flags,     section.size,      section.link,
                                section.info, section.alignment, section.entry_size};
    for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++) hash_number(sha, numbers[j]);
    if (section.type != SHT_NOBITS) sha_update(sha, bytes + section.offset, section.size);
  }
  return true;
}
