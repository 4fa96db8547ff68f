/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Identifies the contents of a file on its host without opening it. */
struct file_identity {
  uint64_t device, inode, size;
};

bool identify_file(const char *path, struct file_identity *identity);
