/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <link.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The auxiliary vector of the process (getauxval(3)), read from the stack behind the environment. It saves four
 * system calls. AT_RANDOM is not read: it seeds the stack protector and must never leave the process.
 */
struct auxiliary {
  bool has_ids; /* uid, euid, gid and egid are set */
  bool secure; /* AT_SECURE: a set-uid program or similar, which this library does not report */
  bool started_by_loader; /* by a command such as `ld.so PROGRAM` */
  uint32_t uid, euid, gid, egid;
  uintptr_t page_size;
  const ElfW(Phdr) *headers; /* of the executable, or of the loader if that was started */
  unsigned header_count;
  const void *vdso;
  const char *executable; /* as given to execve(2) */
};

/* `environment` is the array that the process was started with, or NULL if that is unknown. */
void read_auxiliary(char *const *environment, struct auxiliary *auxiliary);
