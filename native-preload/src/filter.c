/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filter.h"

#include "base/memory.h"
#include "base/threads.h"
#include "elf/calls.h"

static bool may_have_called_either(const struct address_range *object, const ElfW(Dyn) *dynamic) {
  return may_have_called(object, dynamic, "prctl") || may_have_called(object, dynamic, "syscall");
}

/* libseccomp is part of many programs that set no filter themselves. */
static bool may_have_used(const struct link_map *library) {
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)library->l_addr;
  /* Loaded at an address of its own, it has no header to be found. */
  if (header == NULL || !same_bytes(header->e_ident, ELFMAG, SELFMAG)) return true;
  const ElfW(Phdr) *headers = (const ElfW(Phdr) *)(library->l_addr + header->e_phoff);
  const struct address_range object = range_of(library->l_addr, headers, header->e_phnum);
  return may_have_called_either(&object, library->l_ld);
}

COLD bool may_have_set_filter(const struct loader_snapshot *snapshot) {
  if (snapshot->debug == NULL) return false;
  if (may_have_called(&snapshot->executable, snapshot->debug->r_map->l_ld, "prctl")) return true;
  static const char libseccomp[] = "libseccomp.so";
  const bool alone = has_had_no_threads(snapshot->threads);
  const struct link_map *library = find_loaded(snapshot, alone, libseccomp, sizeof libseccomp - 1);
  return library != NULL && may_have_used(library);
}
