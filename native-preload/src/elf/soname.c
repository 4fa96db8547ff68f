/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/memory.h"
#include "object.h"

enum { ENTRIES_MAX = 256, SONAME_MAX = 255 };

/*
 * DT_SONAME in memory. The dynamic section itself is safe to read: the loader has been through it to its end before.
 * glibc writes the string table's final address into it where it is writable, musl and the read-only kind leave the
 * offset from the base: whichever lies inside the object is meant.
 */
struct span find_soname(ElfW(Addr) base, const struct segments *segments, const ElfW(Phdr) *dynamic) {
  const struct span none = {NULL, 0};
  const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(base + dynamic->p_vaddr);
  const ElfW(Dyn) *const end = entry + ENTRIES_MAX;
  ElfW(Addr) soname = 0, table = 0, size = 0;
  /* Offset 0 of a string table is the empty string, so 0 stands for absent. */
  for (; entry != end && entry->d_tag != DT_NULL; entry++) {
    if (entry->d_tag > DT_SONAME) continue;
    if (entry->d_tag == DT_SONAME) soname = entry->d_un.d_val;
    if (entry->d_tag == DT_STRTAB) table = entry->d_un.d_ptr;
    /* Linkers write this one last. */
    if (entry->d_tag == DT_STRSZ) {
      size = entry->d_un.d_val;
      if (soname != 0 && table != 0) break;
    }
  }
  if (soname == 0 || table == 0 || soname >= size) return none;
  if (!lies_in_segment(segments, table - base, size)) {
    if (!lies_in_segment(segments, table, size)) return none;
    table += base;
  }
  const char *text = (const char *)(table + soname);
  const size_t most = size - soname <= SONAME_MAX ? size - soname : SONAME_MAX + 1;
  const size_t length = text_length_within(text, most);
  return length < most ? (struct span){(const uint8_t *)text, length} : none;
}
