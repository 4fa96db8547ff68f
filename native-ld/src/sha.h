/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-1 and SHA-256 (FIPS 180-4), for reproducible UUIDs only. */
#ifndef OGRT_LD_SHA_H
#define OGRT_LD_SHA_H

#include <stddef.h>
#include <stdint.h>

struct sha {
  uint32_t state[8];
  uint64_t length;
  uint8_t block[64];
  void (*compress)(uint32_t *state, const uint8_t *block);
  int digest_words;
};

void sha1_begin(struct sha *sha);
void sha256_begin(struct sha *sha);
void sha_update(struct sha *sha, const void *bytes, size_t size);
/* Writes 20 or 32 bytes. */
void sha_end(struct sha *sha, uint8_t *digest);

#endif
