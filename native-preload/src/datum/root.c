/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/file.h"
#include "../wire/fields.h"
#include "datum.h"

/* One call tells a chroot(2) by the directory and a mount namespace by the mount, also without /proc. */
void put_root(struct writer *to, struct context *context) {
  struct mounted_directory root;
  if (!identify_mounted_directory("/", &root, &context->scratch)) return;
  put_number(to, PROCESS_START_ROOT_DEVICE, root.device);
  put_number(to, PROCESS_START_ROOT_INODE, root.inode);
  if (root.mount_id != 0) put_number(to, PROCESS_START_ROOT_MOUNT_ID, root.mount_id);
}
