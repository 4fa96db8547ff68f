/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Identifies the contents of a file on its host without opening it. */
struct file_identity {
  uint64_t device, inode, size;
};

/* Working memory for the answer of a system call, which is too large for the stack. */
struct scratch {
  uint64_t words[64];
};

bool identify_file(const char *path, struct file_identity *identity, struct scratch *scratch);

/* The hard links of a file; 0 if it cannot be read. */
uint64_t count_links(const char *path, struct scratch *scratch);

/* Identifies a directory together with the mount that it is seen through. */
struct mounted_directory {
  uint64_t device, inode;
  uint64_t mount_id; /* as in /proc/PID/mountinfo; 0: the kernel does not tell */
};

/* False before Linux 4.11. Asks no file server. */
bool identify_mounted_directory(const char *path, struct mounted_directory *directory, struct scratch *scratch);
