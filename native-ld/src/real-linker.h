/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_REAL_LINKER_H
#define OGRT_LD_REAL_LINKER_H

#include <stdbool.h>
#include <sys/types.h>

/* Passes state to the linker, in case that is another wrapper. */
#define CHAIN_VARIABLE "OGRT_LD_CHAIN"

/* The linker that this wrapper runs. */
struct real_linker {
  char *path;   /* NULL if there is none */
  bool stamped; /* an outer wrapper in this process has already stamped this link, or decided not to */
  char *chain;  /* CHAIN_VARIABLE for the linker: the pid and all files that this process has executed */
};

/*
 * Finds OGRT_LD_REAL, or the first file of this name in COMPILER_PATH and then in PATH that this process has not
 * executed yet. Files are compared by device and inode, so links to this program, copies of it, and scripts that
 * search PATH again cannot cause a loop.
 */
struct real_linker find_real_linker(const char *name);

/* Replaces the pid in the chain after a fork. */
void adopt_chain(void);

#endif
