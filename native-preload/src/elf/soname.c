/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/memory.h"
#include "object.h"

enum { MAX_DYNAMIC_ENTRIES = 256 };

/*
 * Reads DT_SONAME. The dynamic section is safe to read because the loader has read all of it. DT_STRTAB is an
 * absolute address where glibc has relocated it, and an offset from the base under musl and in read-only sections.
 * The one inside the object is the right one.
 */
struct span find_soname(ElfW(Addr) base, const struct segments *segments, const ElfW(Phdr) *dynamic,
                        struct copies *copies) {
  const struct span none = {NULL, 0};
  const ElfW(Dyn) *entry = (const ElfW(Dyn) *)(base + dynamic->p_vaddr);
  if (copies != NULL) {
    const size_t held = dynamic->p_memsz / sizeof *entry, count = held < MAX_DYNAMIC_ENTRIES ? held : MAX_DYNAMIC_ENTRIES;
    ElfW(Dyn) *copy = count == 0 ? NULL : (ElfW(Dyn) *)copy_memory(copies, entry, count * sizeof *entry);
    if (copy == NULL) return none;
    copy[count - 1].d_tag = DT_NULL;
    entry = copy;
  }
  /* Offset 0 of a string table is the empty string, so 0 means absent. */
  ElfW(Addr) soname = 0, table = 0, tag;
  do {
    while ((tag = (ElfW(Addr))(entry++)->d_tag) > DT_SONAME) continue;
    if (tag == DT_SONAME) soname = entry[-1].d_un.d_val;
    if (tag == DT_STRTAB) table = entry[-1].d_un.d_ptr;
  } while (tag != DT_NULL && (tag != DT_STRTAB || soname == 0));
  if (soname == 0 || table == 0) return none;
  ElfW(Addr) rest = readable_rest(segments, table - base);
  if (rest == 0) {
    rest = readable_rest(segments, table);
    table += base;
  }
  if (soname >= rest) return none;
  rest -= soname;
  const char *text = (const char *)(table + soname);
  const size_t max = rest <= MAX_SONAME_BYTES ? rest : MAX_SONAME_BYTES + 1;
  if (copies != NULL) {
    text = copy_memory(copies, text, max);
    if (text == NULL) return none;
  }
  const size_t length = text_length_within(text, max);
  return length < max ? (struct span){(const uint8_t *)text, length} : none;
}
