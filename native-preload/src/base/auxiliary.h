/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/*
 * What the kernel told the process at its start (getauxval(3)), read from the stack behind the environment. It saves
 * four system calls. AT_RANDOM is left alone: it seeds the stack protector and must never leave the process.
 */
struct auxiliary {
  bool has_ids;
  bool secure; /* set-uid and alike: this library stays out */
  bool loader_was_started; /* as a command, with the program as its argument */
  uint32_t uid, euid, gid, egid;
  const void *vdso;
  const char *executable; /* as given to execve(2) */
};

/* `environment` is the array that the process was started with, or NULL when only a later copy of it is known. */
void read_auxiliary(char *const *environment, struct auxiliary *auxiliary);
