/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* SHA-256 (FIPS 180-4) of at most 119 bytes: two blocks. */
enum { SHA256_BYTES = 32, MAX_SHA256_INPUT_BYTES = 119 };
void sha256(const uint8_t *bytes, size_t size, uint8_t hash[SHA256_BYTES]);
