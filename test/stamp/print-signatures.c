/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Prints the UUID of every OGRT note in this process's memory, one per line. Finds them like a reader at run time, through
 * the program headers alone. Shares no code with the library on purpose.
 */
#define _GNU_SOURCE
#include <link.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static size_t padded(size_t size, size_t alignment) { return (size + alignment - 1) / alignment * alignment; }

/* Returns the number of notes; with `say` prints them. */
static int walk(const char *notes, size_t size, size_t alignment, int say) {
  int found = 0;
  for (size_t at = 0; at + 12 <= size;) {
    uint32_t words[3];
    memcpy(words, notes + at, sizeof words);
    size_t name = at + 12;
    if (words[0] > size - name) break;
    size_t descriptor = padded(name + words[0], alignment);
    if (descriptor > size || words[1] > size - descriptor) break;
    if (words[2] == 0x4f475254 && words[0] == 5 && memcmp(notes + name, "OGRT", 5) == 0 && words[1] == 38) {
      found++;
      if (say) printf("%.36s\n", notes + descriptor + 1);
    }
    at = padded(descriptor + words[1], alignment);
  }
  return found;
}

static int visit(struct dl_phdr_info *info, size_t size, void *data) {
  (void)size;
  (void)data;
  for (int i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *segment = &info->dlpi_phdr[i];
    if (segment->p_type != PT_NOTE) continue;
    const char *notes = (const char *)(info->dlpi_addr + segment->p_vaddr);
    /* mold puts notes of both alignments into one segment: 8-byte steps would miss the 4-byte ones. */
    size_t wide = segment->p_align == 8 ? 8 : 4;
    size_t best = walk(notes, segment->p_memsz, wide, 0) > 0 ? wide : 4;
    walk(notes, segment->p_memsz, best, 1);
  }
  return 0;
}

int main(void) {
  dl_iterate_phdr(visit, NULL);
  return 0;
}
