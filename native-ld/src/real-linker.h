/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_REAL_LINKER_H
#define OGRT_LD_REAL_LINKER_H

#include <stdbool.h>
#include <sys/types.h>

#include "util.h"

/* Passes state to the linker, in case that is another wrapper. */
#define CHAIN_VARIABLE "OGRT_LD_CHAIN"

/* The linker that this wrapper runs. */
struct real_linker {
  char *path;   /* NULL without a linker */
  bool stamped; /* an outer wrapper in this process has already stamped this link, or decided not to */
  char *chain;  /* CHAIN_VARIABLE for the linker: this process and all files that it has executed */
};

/*
 * Finds the linker that the compiler would have taken without this wrapper: OGRT_LD_REAL; under `mold -run`, mold; the
 * first file of this name in COMPILER_PATH, where the calling compiler searches itself (compiler.h), and in PATH that
 * this process has not executed yet. `words` are the arguments of the link. Files are compared by device and inode, so
 * links to this program, copies of it, and scripts that search PATH again cannot cause a loop.
 */
struct real_linker find_real_linker(const char *name, const struct words *words);

#endif
