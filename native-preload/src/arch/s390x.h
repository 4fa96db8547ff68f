/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Direct socket calls exist since Linux 4.3; socketcall(2) works on every kernel. */
#define ARCH_HAS_SOCKETCALL 1

static inline long arch_syscall6(long number, long a, long b, long c, long d, long e, long f) {
  register long r1 __asm__("r1") = number;
  register long r2 __asm__("r2") = a;
  register long r3 __asm__("r3") = b;
  register long r4 __asm__("r4") = c;
  register long r5 __asm__("r5") = d;
  register long r6 __asm__("r6") = e;
  register long r7 __asm__("r7") = f;
  __asm__ volatile("svc 0"
                   : "+d"(r2)
                   : "d"(r1), "d"(r3), "d"(r4), "d"(r5), "d"(r6), "d"(r7)
                   : "memory");
  return r2;
}
