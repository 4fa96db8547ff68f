/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#if defined(__x86_64__) && defined(__LP64__)
#include "../arch/x86_64.h"
#elif defined(__i386__)
#include "../arch/i386.h"
#elif defined(__aarch64__)
#include "../arch/aarch64.h"
#elif defined(__arm__)
#include "../arch/arm.h"
#elif defined(__powerpc64__)
#include "../arch/powerpc64.h"
#elif defined(__riscv) && __riscv_xlen == 64
#include "../arch/riscv64.h"
#elif defined(__s390x__)
#include "../arch/s390x.h"
#else
#error "this architecture is not supported: add src/arch/<name>.h"
#endif

#define SYSCALL6(n, a, b, c, d, e, f) \
  arch_syscall6((n), (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define SYSCALL5(n, a, b, c, d, e) SYSCALL6(n, a, b, c, d, e, 0)
#define SYSCALL4(n, a, b, c, d) SYSCALL6(n, a, b, c, d, 0, 0)
#define SYSCALL3(n, a, b, c) SYSCALL6(n, a, b, c, 0, 0, 0)
#define SYSCALL2(n, a, b) SYSCALL6(n, a, b, 0, 0, 0, 0)
#define SYSCALL1(n, a) SYSCALL6(n, a, 0, 0, 0, 0, 0)
#define SYSCALL0(n) SYSCALL6(n, 0, 0, 0, 0, 0, 0)
