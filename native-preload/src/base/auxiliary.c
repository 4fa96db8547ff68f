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
  enum { VALUES = AT_SYSINFO_EHDR + 1 };
  const unsigned long missing = ~0UL;
  /* Secure unless the kernel says otherwise. */
  unsigned long values[VALUES] = {[AT_UID] = missing, [AT_EUID] = missing, [AT_GID] = missing, [AT_EGID] = missing,
                                  [AT_BASE] = missing, [AT_SECURE] = 1};
  for (unsigned i = 0; i < MAX_AUXV_ENTRIES && entry->a_type != AT_NULL; i++, entry++) {
    if (entry->a_type < VALUES) values[entry->a_type] = entry->a_un.a_val;
  }
  *auxiliary = (struct auxiliary){
      .has_ids = values[AT_UID] != missing && values[AT_EUID] != missing && values[AT_GID] != missing &&
                 values[AT_EGID] != missing,
      .secure = values[AT_SECURE] != 0,
      .started_by_loader = values[AT_BASE] == 0,
      .uid = (uint32_t)values[AT_UID],
      .euid = (uint32_t)values[AT_EUID],
      .gid = (uint32_t)values[AT_GID],
      .egid = (uint32_t)values[AT_EGID],
      .page_size = values[AT_PAGESZ],
      .headers = (const ElfW(Phdr) *)values[AT_PHDR],
      .header_count = (unsigned)values[AT_PHNUM],
      .vdso = (const void *)values[AT_SYSINFO_EHDR],
      .executable = (const char *)values[AT_EXECFN],
  };
}
