/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "notes.h"

enum elf_result {
  ELF_READ,
  ELF_NOT_ELF,
  ELF_MALFORMED,  /* headers lie outside of the file */
  ELF_TOO_LARGE,  /* over the limits of what is read */
  ELF_UNREADABLE, /* the file system failed */
};

/* Reads the notes of a file by its program headers, as the loader would, with bounds on all that it reads. */
enum elf_result elf_read_notes(int fd, struct notes *notes);
