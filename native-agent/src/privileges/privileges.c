/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "privileges.h"

#include <grp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* capset(2) takes two words of 32 bits for each set. */
static bool set_capabilities(uint64_t set) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct words[2] = {{(uint32_t)set, (uint32_t)set, 0},
                                            {(uint32_t)(set >> 32), (uint32_t)(set >> 32), 0}};
  return syscall(SYS_capset, &header, words) == 0;
}

uint64_t effective_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct words[2] = {0};
  if (syscall(SYS_capget, &header, words) != 0) return 0;
  return words[0].effective | (uint64_t)words[1].effective << 32;
}

bool drop_privileges(uid_t uid, gid_t gid, uint64_t kept) {
  const uint64_t available = effective_capabilities();
  if (geteuid() == 0) {
    if (prctl(PR_SET_KEEPCAPS, 1) != 0 || setgroups(0, NULL) != 0) return false;
    if (setresgid(gid, gid, gid) != 0 || setresuid(uid, uid, uid) != 0) return false;
  }
  if (!set_capabilities(kept & available)) return false;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

bool drop_all_capabilities(void) { return set_capabilities(0); }
