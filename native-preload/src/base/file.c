/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Not in system.c: the `struct stat` of the kernel and that of the C library cannot be declared in one file. */
#include "file.h"

#include <asm/stat.h>
#include <asm/unistd.h>
#include <linux/fcntl.h>
#include <stddef.h>

#include "syscall.h"

#ifdef __NR_newfstatat
typedef struct stat kernel_stat;
#define STAT_CALL __NR_newfstatat
#else
typedef struct stat64 kernel_stat;
#define STAT_CALL __NR_fstatat64
#endif

_Static_assert(sizeof(kernel_stat) <= sizeof(struct scratch), "the scratch holds it");

static const kernel_stat *file_status(const char *path, struct scratch *scratch) {
  return SYSCALL4(STAT_CALL, AT_FDCWD, path, scratch, 0) < 0 ? NULL : (const kernel_stat *)scratch;
}

uint64_t count_links(const char *path, struct scratch *scratch) {
  const kernel_stat *status = file_status(path, scratch);
  return status == NULL ? 0 : status->st_nlink;
}

bool identify_file(const char *path, struct file_identity *identity, struct scratch *scratch) {
  const kernel_stat *status = file_status(path, scratch);
  if (status == NULL) return false;
  *identity = (struct file_identity){(uint64_t)status->st_dev, (uint64_t)status->st_ino, (uint64_t)status->st_size};
  return true;
}

/* As in linux/stat.h, whose older versions lack the mount id. */
struct kernel_statx {
  uint32_t mask, unused1[7];
  uint64_t inode, unused2[11];
  uint32_t unused3[2], device_major, device_minor;
  uint64_t mount_id, unused4[13];
};
_Static_assert(sizeof(struct kernel_statx) == 256, "the size that the kernel writes");

enum { STATX_WITH_INODE = 0x100, STATX_WITH_MOUNT_ID = 0x1000, STATX_FROM_CACHE = 0x4000 };

/* As st_dev has it: makedev(3) of the 12 and 20 bits that the kernel uses. */
static uint64_t device_number(uint32_t major, uint32_t minor) {
  return (minor & 0xff) | (major << 8) | ((minor & ~0xffU) << 12);
}

bool identify_mounted_directory(const char *path, struct mounted_directory *directory, struct scratch *scratch) {
#ifdef __NR_statx
  const struct kernel_statx *status = (const struct kernel_statx *)scratch;
  const long wanted = STATX_WITH_INODE | STATX_WITH_MOUNT_ID;
  if (SYSCALL5(__NR_statx, AT_FDCWD, path, STATX_FROM_CACHE, wanted, status) < 0) return false;
  *directory = (struct mounted_directory){device_number(status->device_major, status->device_minor), status->inode,
                                          (status->mask & STATX_WITH_MOUNT_ID) == 0 ? 0 : status->mount_id};
  return true;
#else
  (void)path, (void)directory, (void)scratch;
  return false;
#endif
}
