/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* On failure the kernel sets the summary overflow bit of cr0 and returns a positive errno. */
static inline long arch_syscall6(long number, long a, long b, long c, long d, long e, long f) {
  register long r0 __asm__("r0") = number;
  register long r3 __asm__("r3") = a;
  register long r4 __asm__("r4") = b;
  register long r5 __asm__("r5") = c;
  register long r6 __asm__("r6") = d;
  register long r7 __asm__("r7") = e;
  register long r8 __asm__("r8") = f;
  __asm__ volatile("sc\n\tbns+ 1f\n\tneg 3, 3\n1:"
                   : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7), "+r"(r8)
                   :
                   : "r9", "r10", "r11", "r12", "cr0", "ctr", "memory");
  return r3;
}
