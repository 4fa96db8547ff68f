/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/memory.h"
#include "object.h"

enum { MAX_DYNAMIC_ENTRIES = 256, MAX_SONAME_BYTES = 255 };

/*
 * Reads DT_SONAME. The dynamic section is safe to read because the loader has read all of it. DT_STRTAB is an
 * absolute address where glibc has relocated it, and an offset from the base under musl and in read-only sections.
 * The one inside the object is the right one.
 */
struct span find_soname(ElfW(Addr) base, const struct segments *segments, const ElfW(Phdr) *dynamic,
                        struct copies *copies) {
  const struct span none = {NULL, 0};
  const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(base + dynamic->p_vaddr);
  size_t count = MAX_DYNAMIC_ENTRIES;
  if (copies != NULL) {
    if (dynamic->p_memsz / sizeof *entry < count) count = dynamic->p_memsz / sizeof *entry;
    entry = copy_memory(copies, entry, count * sizeof *entry);
    if (entry == NULL) return none;
  }
  const ElfW(Dyn) *const end = entry + count;
  ElfW(Addr) soname = 0, table = 0, size = 0;
  /* Offset 0 of a string table is the empty string, so 0 means absent. */
  for (; entry != end && entry->d_tag != DT_NULL; entry++) {
    if (entry->d_tag > DT_SONAME) continue;
    if (entry->d_tag == DT_SONAME) soname = entry->d_un.d_val;
    if (entry->d_tag == DT_STRTAB) table = entry->d_un.d_ptr;
    /* Linkers write DT_STRSZ after the other two. */
    if (entry->d_tag == DT_STRSZ) {
      size = entry->d_un.d_val;
      if (soname != 0 && table != 0) break;
    }
  }
  if (soname == 0 || table == 0 || soname >= size) return none;
  if (!object_holds(segments, table - base, size)) {
    if (!object_holds(segments, table, size)) return none;
    table += base;
  }
  const char *text = (const char *)(table + soname);
  const size_t max = size - soname <= MAX_SONAME_BYTES ? size - soname : MAX_SONAME_BYTES + 1;
  if (copies != NULL) {
    text = copy_memory(copies, text, size - soname < max ? size - soname : max);
    if (text == NULL) return none;
  }
  const size_t length = text_length_within(text, max);
  return length < max ? (struct span){(const uint8_t *)text, length} : none;
}
