/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_IDENTIFY_H
#define OGRT_LD_IDENTIFY_H

#include <stdint.h>

enum kind { KIND_NONE, KIND_OBJECT, KIND_ARCHIVE, KIND_OTHER };

/* What kind of input a file is, and what it was compiled for. */
struct identification {
  enum kind kind;
  uint8_t class, data; /* e_ident[EI_CLASS], e_ident[EI_DATA] */
  uint16_t machine;    /* 0: not said */
  uint32_t flags;
};

/* Looks at the first bytes of a regular file; of an archive also at its members until one is ELF. */
struct identification identify(const char *path);
/* The target of `-m NAME`. */
struct identification identify_emulation(const char *name);
/* From the bytes of an ELF header. */
struct identification identify_header(const uint8_t *bytes, uint64_t size);

#endif
