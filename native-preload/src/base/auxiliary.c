/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auxiliary.h"

#include <elf.h>
#include <link.h>
#include <stddef.h>

enum { ENTRIES_MAX = 64 }; /* the kernel writes about twenty */

void read_auxiliary(char *const *environment, struct auxiliary *auxiliary) {
  *auxiliary = (struct auxiliary){0};
  if (environment == NULL) return;
  while (*environment != NULL) environment++;
  const ElfW(auxv_t) *entry = (const ElfW(auxv_t) *)(const void *)(environment + 1);
  unsigned ids = 0;
  for (unsigned i = 0; i < ENTRIES_MAX && entry->a_type != AT_NULL; i++, entry++) {
    const unsigned long value = entry->a_un.a_val;
    switch (entry->a_type) {
      case AT_UID: auxiliary->uid = (uint32_t)value; ids |= 1; break;
      case AT_EUID: auxiliary->euid = (uint32_t)value; ids |= 2; break;
      case AT_GID: auxiliary->gid = (uint32_t)value; ids |= 4; break;
      case AT_EGID: auxiliary->egid = (uint32_t)value; ids |= 8; break;
      case AT_SECURE: auxiliary->secure = value != 0; break;
      case AT_BASE: auxiliary->loader_was_started = value == 0; break;
      case AT_SYSINFO_EHDR: auxiliary->vdso = (const void *)value; break;
      case AT_EXECFN: auxiliary->executable = (const char *)value; break;
      default: break;
    }
  }
  auxiliary->has_ids = ids == 15;
}
