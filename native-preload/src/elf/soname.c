/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "object.h"

#include "../base/memory.h"

enum { ENTRIES_MAX = 256, SONAME_MAX = 255 };

/*
 * DT_SONAME in memory. glibc writes the string table's final address into the dynamic section where that is writable,
 * musl and the read-only kind leave the offset from the base: whichever lies inside the object is meant.
 */
struct span find_soname(const struct dl_phdr_info *object, const ElfW(Phdr) *dynamic, unsigned segment_count) {
  const struct span none = {NULL, 0};
  const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(object->dlpi_addr + dynamic->p_vaddr);
  size_t count = dynamic->p_filesz / sizeof *entry;
  if (count > ENTRIES_MAX) count = ENTRIES_MAX;

  ElfW(Addr) soname = 0, table = 0, table_size = 0;
  bool has_soname = false;
  for (; count > 0 && entry->d_tag != DT_NULL; count--, entry++) {
    if (entry->d_tag == DT_SONAME) {
      soname = entry->d_un.d_val;
      has_soname = true;
    } else if (entry->d_tag == DT_STRTAB) {
      table = entry->d_un.d_ptr;
    } else if (entry->d_tag == DT_STRSZ) {
      table_size = entry->d_un.d_val;
    } else {
      continue;
    }
    if (has_soname && table != 0 && table_size != 0) break;
  }
  if (!has_soname || soname >= table_size) return none;

  if (!lies_in_segment(object, segment_count, table, table_size)) {
    table -= object->dlpi_addr;
    if (!lies_in_segment(object, segment_count, table, table_size)) return none;
  }
  const uint8_t *text = (const uint8_t *)(object->dlpi_addr + table + soname);
  ElfW(Addr) most = table_size - soname;
  if (most > SONAME_MAX) most = SONAME_MAX;
  size_t length = 0;
  while (length < most && text[length] != 0) length++;
  return length < most ? (struct span){text, length} : none;
}
