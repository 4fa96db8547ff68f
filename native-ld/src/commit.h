/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_COMMIT_H
#define OGRT_LD_COMMIT_H

#include <stdbool.h>
#include <stddef.h>

/* Reads the commit of the git checkout around the working directory from its files, without running git. */
bool read_commit(char *commit, size_t size);

#endif
