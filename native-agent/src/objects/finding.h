/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../elf/elf-file.h"

/* Why the stamps of an object are not known. */
enum unknown {
  KNOWN,
  UNKNOWN_PENDING,    /* not read in time */
  UNKNOWN_GONE,       /* the file could not be opened any more, and its process had ended */
  UNKNOWN_CHANGED,    /* what is at the path is not, or no longer, what was mapped */
  UNKNOWN_UNREADABLE, /* the file system refused, or hung */
  UNKNOWN_MALFORMED,  /* an ELF file whose headers are wrong */
  UNKNOWN_TOO_LARGE,  /* over the limits of what is read */
  UNKNOWN_REASONS
};
extern const char *const unknown_names[UNKNOWN_REASONS];

/* What was found in a file. */
struct finding {
  enum unknown unknown;
  uint64_t changed_ns; /* CLOCK_REALTIME: its ctime */
  uint64_t device, inode;
  uint32_t build_id_size, signature_count;
  uint8_t build_id[MAX_BUILD_ID_BYTES];
  char (*signatures)[SIGNATURE_BYTES]; /* of malloc: min(signature_count, MAX_SIGNATURES), or NULL */
};
