/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  MAX_SIGNATURES = 16,      /* of one file; further ones are only counted */
  SIGNATURE_BYTES = 36,     /* a UUID as text */
  MAX_BUILD_ID_BYTES = 64,  /* SHA-1 has 20 */
};

/* What the notes of a file say. */
struct notes {
  uint32_t build_id_size; /* 0: none */
  uint32_t signature_count; /* may be larger than MAX_SIGNATURES */
  uint8_t build_id[MAX_BUILD_ID_BYTES];
  char signatures[MAX_SIGNATURES][SIGNATURE_BYTES];
};

/*
 * Adds what `size` bytes of a note segment hold (gABI, "Note Section"). `alignment` is its p_align. The bytes are
 * untrusted: every size is compared with the rest before it is used.
 */
void notes_add(struct notes *notes, const uint8_t *bytes, size_t size, uint64_t alignment, bool little_endian);
