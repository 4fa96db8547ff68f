/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "root.h"

/* Not by <sys/stat.h>: older releases of musl do not have statx(2). */
#include <linux/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef STATX_MNT_ID
#define STATX_MNT_ID 0x1000
#endif
enum { MOUNT_ID_OFFSET = 0x90 }; /* stx_mnt_id, for headers before Linux 5.8 */

bool root_read(int directory, struct root *root) {
  union {
    struct statx statx;
    uint64_t words[sizeof(struct statx) / sizeof(uint64_t)];
  } found;
  if (syscall(SYS_statx, directory, "root/", 0, STATX_INO | STATX_MNT_ID, &found) != 0) return false;
  root->mount = (found.statx.stx_mask & STATX_MNT_ID) != 0 ? found.words[MOUNT_ID_OFFSET / sizeof(uint64_t)] : 0;
  root->inode = found.statx.stx_ino;
  root->major = found.statx.stx_dev_major;
  root->minor = found.statx.stx_dev_minor;
  return true;
}

bool root_is_same(const struct root *a, const struct root *b) {
  return a->mount == b->mount && a->inode == b->inode && a->major == b->major && a->minor == b->minor;
}
