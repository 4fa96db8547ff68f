/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
  SIGNATURES_MAX = 16,      /* of one object; further ones are counted */
  SIGNATURE_TEXT_MAX = 36,  /* a UUID */
  BUILD_ID_MAX = 64,        /* 20 (SHA-1) and 16 are usual */
  NOTES_SIZE_MAX = 1 << 16, /* of one segment that are looked at */
};

struct span {
  const uint8_t *bytes;
  size_t size;
};

/* What the notes of one object say. The spans point into the memory that was searched. */
struct note_findings {
  struct span build_id;
  unsigned signature_count; /* may be larger than SIGNATURES_MAX */
  struct span signatures[SIGNATURES_MAX];
};

/*
 * Adds the findings in `size` bytes of an ELF note segment (gABI, "Note Section"). `alignment` is the segment's p_align.
 * The bytes may hold anything: every size is compared with what is left before it is used.
 */
void find_notes(const uint8_t *bytes, size_t size, size_t alignment, struct note_findings *findings);
