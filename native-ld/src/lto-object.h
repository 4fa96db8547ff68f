/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_LTO_OBJECT_H
#define OGRT_LD_LTO_OBJECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sha.h"

/* Whether an ELF object has code of gcc for link-time optimization. */
bool is_lto_object(const uint8_t *bytes, size_t size);

/*
 * Hashes the sections of such an object, without the random end of their names (-frandom-seed), which is the only
 * difference between two compilations. Returns false, and hashes nothing, for other files.
 */
bool hash_lto_object(struct sha *sha, const uint8_t *bytes, size_t size);

#endif
