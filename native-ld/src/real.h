/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_REAL_H
#define OGRT_LD_REAL_H

#include <stdbool.h>
#include <sys/types.h>

/* The linker that this run stands in front of. */
struct real {
  char *path;   /* NULL when there is none */
  bool stamped; /* a wrapper further out did, or decided against, in this very process */
  char *chain;  /* OGRT_LD_CHAIN for the linker: this process, and every file it has been */
};

/*
 * OGRT_LD_REAL, or the first file of the name that this program was called by, in the compiler's directories and then
 * in PATH, that this process has not been yet. Files are told apart by device and inode, so neither a second name nor a
 * second copy of this program, nor a script that looks in PATH again, runs in a circle.
 */
struct real find_real(const char *name);

/* Makes the chain this process's own, after a fork. */
void inherit_chain(void);

#endif
