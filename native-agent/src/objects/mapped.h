/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../sources/event.h"
#include "finding.h"
#include "reader.h"

/* A file that the kernel has mapped, and where it may still be found. */
struct mapping {
  const char *path;
  struct mapped_file file;
  uint32_t pid;
  uint64_t address, size;
  bool is_in_our_root;
  int fd; /* open already (O_PATH), or -1 */
};

/*
 * Finds the file and reads it, unless it is the one of `before`, which may be NULL. A file is only taken for the one
 * that was mapped if the kernel's device and inode, or its build-id, say so.
 */
struct finding examine_mapping(const struct mapping *mapping, const struct finding *before, struct reader *reader);
