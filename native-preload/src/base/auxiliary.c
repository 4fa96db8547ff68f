/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auxiliary.h"

#include <elf.h>
#include <link.h>
#include <stddef.h>

#include "memory.h"

enum {
  MAX_AUXV_ENTRIES = 64, /* the kernel writes about 20 */
  MAX_REMOVED_VARIABLES = 64, /* ld.so knows about 30 unsafe variables */
};

OWN_FRAME void read_auxiliary(char *const *environment, struct auxiliary *auxiliary) {
  *auxiliary = (struct auxiliary){0};
  if (environment == NULL) return;
  while (*environment != NULL) environment++;
  /* ld.so removes unsafe variables from the environment of a set-uid program. Each one leaves another NULL. */
  for (unsigned i = 0; i < MAX_REMOVED_VARIABLES && *environment == NULL; i++) environment++;
  const ElfW(auxv_t) *entry = (const ElfW(auxv_t) *)(const void *)environment;
  unsigned ids = 0;
  auxiliary->secure = true; /* unless the kernel says otherwise */
  for (unsigned i = 0; i < MAX_AUXV_ENTRIES && entry->a_type != AT_NULL; i++, entry++) {
    const unsigned long value = entry->a_un.a_val;
    switch (entry->a_type) {
      case AT_UID: auxiliary->uid = (uint32_t)value; ids |= 1; break;
      case AT_EUID: auxiliary->euid = (uint32_t)value; ids |= 2; break;
      case AT_GID: auxiliary->gid = (uint32_t)value; ids |= 4; break;
      case AT_EGID: auxiliary->egid = (uint32_t)value; ids |= 8; break;
      case AT_SECURE: auxiliary->secure = value != 0; break;
      case AT_PAGESZ: auxiliary->page_size = value; break;
      case AT_BASE: auxiliary->started_by_loader = value == 0; break;
      case AT_SYSINFO_EHDR: auxiliary->vdso = (const void *)value; break;
      case AT_EXECFN: auxiliary->executable = (const char *)value; break;
      default: break;
    }
  }
  auxiliary->has_ids = ids == 15;
}
