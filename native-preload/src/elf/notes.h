/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum {
  MAX_SIGNATURES = 16,        /* per object; further ones are only counted */
  MAX_SIGNATURE_BYTES = 36,   /* a UUID as text */
  MAX_BUILD_ID_BYTES = 1024,  /* as lib/elf reads from files; 20 (SHA-1) and 16 are usual */
  MAX_SONAME_BYTES = 255,
  MAX_NOTES_BYTES = 1 << 16,  /* of one segment; the rest is not searched */
};

struct span {
  const uint8_t *bytes;
  size_t size;
};

/* Findings in the notes of one object. The spans point into the searched memory. */
struct note_findings {
  struct span build_id;
  unsigned signature_count; /* may be larger than MAX_SIGNATURES */
  unsigned segments_cut;    /* segments with more than MAX_NOTES_BYTES, whose rest was not searched */
  struct span signatures[MAX_SIGNATURES];
};

/*
 * Adds the findings in `size` bytes of an ELF note segment (gABI, "Note Section"). `alignment` is its p_align. The
 * bytes are untrusted: every size is checked against the remaining bytes before use.
 */
void find_notes(const uint8_t *bytes, size_t size, size_t alignment, struct note_findings *findings);
