/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* A root directory. Before Linux 5.8 the kernel does not tell the mount, which is 0 then. */
struct root {
  uint64_t mount, inode;
  uint32_t major, minor;
};

/* That of a process; `directory` is its /proc/PID. */
bool root_read(int directory, struct root *root);
bool root_is_same(const struct root *a, const struct root *b);
