/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_DIGEST_H
#define OGRT_LD_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

#include "command.h"

#define DIGEST_BYTES 32

/*
 * SHA-256 of what an input gives to a link: the bytes of the file; of a thin archive those of its members; of a linker
 * script also the files that it names; of code for link-time optimization without the random names that gcc gives to
 * its sections. If a file cannot be read, returns its name; otherwise NULL.
 */
const char *digest_input(const struct command *command, const char *path, uint8_t *digest);

#endif
