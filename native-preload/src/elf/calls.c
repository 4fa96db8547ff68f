/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calls.h"

#include <stdint.h>

#include "../base/memory.h"

#ifdef __LP64__
#define SYMBOL_OF(info) ELF64_R_SYM(info)
#else
#define SYMBOL_OF(info) ELF32_R_SYM(info)
#endif

/* The part of the dynamic section that is read, by tag. */
struct tables {
  ElfW(Addr) values[DT_JMPREL + 1];
  ElfW(Addr) relative_with_addend, relative; /* how many of DT_RELA and DT_REL, at their start, name no symbol */
};

static void read_tables(const ElfW(Dyn) *at, struct tables *tables) {
  for (; at->d_tag != DT_NULL; at++) {
    const ElfW(Addr) tag = (ElfW(Addr))at->d_tag;
    if (tag <= DT_JMPREL) tables->values[tag] = at->d_un.d_val;
    if (tag == DT_RELACOUNT) tables->relative_with_addend = at->d_un.d_val;
    if (tag == DT_RELCOUNT) tables->relative = at->d_un.d_val;
  }
}

OWN_FRAME struct address_range range_of(ElfW(Addr) base, const ElfW(Phdr) *headers, unsigned count) {
  struct address_range range = {base, UINTPTR_MAX, 0};
  for (unsigned i = 0; i < count; i++) {
    if (headers[i].p_type != PT_LOAD) continue;
    const ElfW(Addr) low = base + headers[i].p_vaddr, high = low + headers[i].p_memsz;
    if (low < range.low) range.low = low;
    if (high > range.high) range.high = high;
  }
  return range;
}

/* glibc has relocated the addresses in most dynamic sections, musl in none. */
static const void *at_address(const struct address_range *object, ElfW(Addr) address) {
  return (const void *)(address < object->base ? object->base + address : address);
}

/* Relocations of either kind, which begin with r_offset and r_info. */
struct relocations {
  ElfW(Addr) address, size, skipped;
  size_t each;
};

static bool any_is_bound(const struct address_range *object, const struct tables *tables,
                         const struct relocations *relocations, const char *function) {
  const ElfW(Sym) *symbols = at_address(object, tables->values[DT_SYMTAB]);
  const char *names = at_address(object, tables->values[DT_STRTAB]);
  const size_t name_bytes = text_length(function) + 1;
  const uint8_t *at = at_address(object, relocations->address);
  const uint8_t *const end = at + relocations->size;
  for (at += relocations->skipped * relocations->each; at < end; at += relocations->each) {
    const ElfW(Rel) *relocation = (const ElfW(Rel) *)(const void *)at;
    const size_t symbol = SYMBOL_OF(relocation->r_info);
    const char *name = names + symbols[symbol].st_name;
    if (symbol == 0 || name[0] != function[0] || !same_bytes(name, function, name_bytes)) continue;
    const ElfW(Addr) bound = *(const ElfW(Addr) *)(object->base + relocation->r_offset);
    /* Until its first call, a function that is bound late has an address in the object itself, that of its PLT entry. */
    if (bound != 0 && (bound < object->low || bound >= object->high)) return true;
  }
  return false;
}

bool may_have_called(const struct address_range *object, const ElfW(Dyn) *dynamic, const char *function) {
  struct tables tables = {{0}, 0, 0};
  read_tables(dynamic, &tables);
  const ElfW(Addr) *values = tables.values;
  if (values[DT_SYMTAB] == 0 || values[DT_STRTAB] == 0) return false;
  enum { WITH_ADDEND = sizeof(ElfW(Rela)), WITHOUT = sizeof(ElfW(Rel)) };
  const struct relocations all[] = {
      {values[DT_JMPREL], values[DT_PLTRELSZ], 0, values[DT_PLTREL] == DT_RELA ? WITH_ADDEND : WITHOUT},
      {values[DT_RELA], values[DT_RELASZ], tables.relative_with_addend, WITH_ADDEND},
      {values[DT_REL], values[DT_RELSZ], tables.relative, WITHOUT},
  };
  for (unsigned i = 0; i < sizeof all / sizeof all[0]; i++) {
    if (all[i].address != 0 && any_is_bound(object, &tables, &all[i], function)) return true;
  }
  return false;
}
