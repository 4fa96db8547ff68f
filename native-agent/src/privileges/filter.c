/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ARCHITECTURE AUDIT_ARCH_PPC64LE
#elif defined(__riscv) && __riscv_xlen == 64
#define ARCHITECTURE AUDIT_ARCH_RISCV64
#else
#define ARCHITECTURE 0
#endif

#ifndef SECCOMP_RET_KILL_PROCESS
#define SECCOMP_RET_KILL_PROCESS 0x80000000U
#endif

#define LENGTH(array) (sizeof(array) / sizeof *(array))
enum {
  MAX_CALLS = 96,
  MAX_READ_ONLY = 2,
  /* Not O_ACCMODE, which contains O_PATH for musl. O_TMPFILE needs a mode for writing. */
  WRITING_FLAGS = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC,
};

/* A call that opens files, and where its flags are among its arguments. */
struct read_only {
  unsigned call, argument;
};

/* Permits it for reading. The lower half of an argument comes first on all ARCHITECTUREs. */
static size_t add_read_only(struct sock_filter *program, size_t at, const struct read_only *open) {
  const unsigned flags = (unsigned)(offsetof(struct seccomp_data, args) + 8 * open->argument);
  program[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, open->call, 0, 4);
  program[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, flags);
  program[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, WRITING_FLAGS, 0, 1);
  program[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
  program[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  return at;
}

/*
 * The filter: the architecture, then calls that only read, then one comparison for each allowed call. x32 calls of
 * x86_64 have numbers over these.
 */
static bool install(const struct read_only *opens, size_t open_count, const unsigned *calls, size_t count,
                    unsigned otherwise) {
  struct sock_filter program[MAX_CALLS + 5 * MAX_READ_ONLY + 6];
  size_t at = 0;
  if (ARCHITECTURE == 0 || count > MAX_CALLS || open_count > MAX_READ_ONLY) return false;
  program[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
  program[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0);
  program[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
  program[at++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
  for (size_t i = 0; i < open_count; i++) at = add_read_only(program, at, &opens[i]);
  for (size_t i = 0; i < count; i++) {
    program[at++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, calls[i], (unsigned char)(count - i), 0);
  }
  program[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, otherwise);
  program[at++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  const struct sock_fprog filter = {(unsigned short)at, program};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

bool filter_is_supported(void) { return ARCHITECTURE != 0; }

/*
 * No execve, no sockets but pairs, no ptrace, no writing of files but of what is open: CAP_SYS_PTRACE would open the
 * memory of any process by /proc/PID/mem.
 */
bool filter_agent(void) {
  static const struct read_only opens[] = {
      {SYS_openat, 2},
#ifdef SYS_open
      {SYS_open, 1},
#endif
  };
  static const unsigned calls[] = {
      SYS_read, SYS_write, SYS_writev, SYS_readv, SYS_pread64, SYS_close, SYS_fstat, SYS_newfstatat,
      SYS_statx, SYS_readlinkat, SYS_getdents64, SYS_lseek, SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise,
      SYS_brk, SYS_futex, SYS_clone, SYS_clone3, SYS_exit, SYS_exit_group, SYS_set_robust_list, SYS_rt_sigaction,
      SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_epoll_pwait, SYS_epoll_ctl, SYS_ppoll, SYS_recvmsg,
      SYS_recvfrom, SYS_sendmsg, SYS_sendto, SYS_shutdown, SYS_getsockopt, SYS_socketpair, SYS_kill, SYS_tgkill,
      SYS_wait4, SYS_clock_gettime, SYS_clock_nanosleep, SYS_nanosleep, SYS_getpid, SYS_getppid, SYS_gettid, SYS_getrandom,
      SYS_prctl, SYS_capget, SYS_capset, SYS_sched_getaffinity, SYS_sched_yield, SYS_membarrier, SYS_set_tid_address,
      SYS_restart_syscall, SYS_fcntl, SYS_dup, SYS_dup3, SYS_getrusage, SYS_uname,
#ifdef SYS_close_range
      SYS_close_range,
#endif
#ifdef SYS_rseq
      SYS_rseq,
#endif
#ifdef SYS_stat
      SYS_stat, SYS_lstat,
#endif
#ifdef SYS_readlink
      SYS_readlink,
#endif
#ifdef SYS_fork
      SYS_fork,
#endif
#ifdef SYS_poll
      SYS_poll,
#endif
#ifdef SYS_epoll_wait
      SYS_epoll_wait,
#endif
  };
  return install(opens, LENGTH(opens), calls, LENGTH(calls), SECCOMP_RET_ERRNO | EPERM);
}

bool filter_delivery(void) {
  static const unsigned calls[] = {
      SYS_read, SYS_write, SYS_writev, SYS_readv, SYS_pread64, SYS_pwrite64, SYS_close, SYS_openat, SYS_fstat,
      SYS_newfstatat, SYS_statx, SYS_getdents64, SYS_lseek, SYS_unlinkat, SYS_ftruncate, SYS_fsync, SYS_fdatasync,
      SYS_flock, SYS_fcntl, SYS_ioctl, SYS_mmap, SYS_munmap, SYS_mprotect, SYS_mremap, SYS_madvise, SYS_brk, SYS_futex, SYS_exit,
      SYS_exit_group, SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_restart_syscall, SYS_ppoll, SYS_socket,
      SYS_connect, SYS_bind, SYS_getsockname, SYS_getpeername, SYS_getsockopt, SYS_setsockopt, SYS_recvfrom, SYS_recvmsg, SYS_sendto,
      SYS_sendmsg, SYS_sendmmsg, SYS_clock_gettime, SYS_clock_nanosleep, SYS_nanosleep, SYS_getpid, SYS_gettid,
      SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getrandom, SYS_uname, SYS_sysinfo, SYS_sched_yield,
#ifdef SYS_open
      SYS_open,
#endif
#ifdef SYS_stat
      SYS_stat, SYS_lstat,
#endif
#ifdef SYS_unlink
      SYS_unlink,
#endif
#ifdef SYS_poll
      SYS_poll,
#endif
  };
  return install(NULL, 0, calls, LENGTH(calls), SECCOMP_RET_ERRNO | EPERM);
}

bool filter_reader(void) {
  static const unsigned calls[] = {SYS_pread64, SYS_read, SYS_close, SYS_recvmsg, SYS_sendto, SYS_exit_group,
                                   SYS_rt_sigreturn};
  return install(NULL, 0, calls, LENGTH(calls), SECCOMP_RET_KILL_PROCESS);
}
