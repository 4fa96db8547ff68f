/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* EABI: the call number is in r7. Thumb code uses r7 as its frame pointer, so the assembly saves and restores it. */
static inline long arch_syscall6(long number, long a, long b, long c, long d, long e, long f) {
  register long r0 __asm__("r0") = a;
  register long r1 __asm__("r1") = b;
  register long r2 __asm__("r2") = c;
  register long r3 __asm__("r3") = d;
  register long r4 __asm__("r4") = e;
  register long r5 __asm__("r5") = f;
  register long saved __asm__("r6");
  __asm__ volatile("mov %[saved], r7\n\tmov r7, %[number]\n\tsvc 0\n\tmov r7, %[saved]"
                   : "+r"(r0), [saved] "=&r"(saved)
                   : [number] "r"(number), "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5)
                   : "memory");
  return r0;
}
