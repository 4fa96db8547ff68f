/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Socket calls go through socketcall(2), the only way before Linux 4.3. So no call needs a sixth argument, which
 * would be in ebp and would have to be saved by hand.
 */
#define ARCH_HAS_SOCKETCALL 1

static inline long arch_syscall6(long number, long a, long b, long c, long d, long e, long f) {
  long result;
  (void)f;
  __asm__ volatile("int $0x80"
                   : "=a"(result)
                   : "0"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e)
                   : "memory");
  return result;
}
