/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "system.h"

#include <asm/errno.h>
#include <asm/unistd.h>
#include <fcntl.h>
#include <linux/net.h>
#include <linux/utsname.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include "memory.h"
#include "syscall.h"

#if defined(__NR_getuid32)
#define ID_CALL(name) __NR_##name##32
#else
#define ID_CALL(name) __NR_##name
#endif

int32_t system_process_id(void) { return (int32_t)SYSCALL0(__NR_getpid); }
int32_t system_parent_id(void) { return (int32_t)SYSCALL0(__NR_getppid); }
uint32_t system_user_id(void) { return (uint32_t)SYSCALL0(ID_CALL(getuid)); }
uint32_t system_effective_user_id(void) { return (uint32_t)SYSCALL0(ID_CALL(geteuid)); }
uint32_t system_group_id(void) { return (uint32_t)SYSCALL0(ID_CALL(getgid)); }
uint32_t system_effective_group_id(void) { return (uint32_t)SYSCALL0(ID_CALL(getegid)); }

long system_working_directory(char *to, size_t size) { return SYSCALL2(__NR_getcwd, to, size); }

long system_read_link(const char *path, char *to, size_t size) {
  return SYSCALL4(__NR_readlinkat, AT_FDCWD, path, to, size);
}

long system_random(void *to, size_t size) {
  const long nonblocking = 1; /* GRND_NONBLOCK: fail instead of waiting for the entropy pool at boot */
  return SYSCALL3(__NR_getrandom, to, size, nonblocking);
}

_Static_assert(sizeof(struct new_utsname) <= sizeof(struct scratch), "the scratch holds it");

const char *system_host_name(struct scratch *scratch) {
  struct new_utsname *names = (struct new_utsname *)scratch;
  if (SYSCALL1(__NR_uname, names) < 0) return NULL;
  names->nodename[sizeof names->nodename - 1] = '\0';
  return names->nodename;
}

long system_open(const char *path) { return SYSCALL4(__NR_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0); }
long system_read(long descriptor, void *to, size_t size) { return SYSCALL3(__NR_read, descriptor, to, size); }
void system_close(long descriptor) { (void)SYSCALL1(__NR_close, descriptor); }

void system_write(long descriptor, const void *from, size_t size) {
  (void)SYSCALL3(__NR_write, descriptor, from, size);
}

/*
 * The kernel reads the new signal mask before it checks `how`, which is invalid here: the call fails with EFAULT if
 * the memory is not readable, and with EINVAL if it is. No seccomp filter can do without this system call.
 */
bool system_can_read(const void *address) {
  enum { INVALID_HOW = -1, SIGNAL_MASK_BYTES = 8 };
  return SYSCALL4(__NR_rt_sigprocmask, INVALID_HOW, address, 0, SIGNAL_MASK_BYTES) != -EFAULT;
}

bool system_has_filter(void) {
  const long get_seccomp = 21; /* PR_GET_SECCOMP; fails on kernels without seccomp */
  return SYSCALL1(__NR_prctl, get_seccomp) > 0;
}

bool system_copy_own_memory(int32_t process_id, void *to, const void *from, size_t size) {
#ifdef __NR_process_vm_readv
  const struct {
    const void *base;
    size_t size;
  } target = {to, size}, source = {from, size};
  return SYSCALL6(__NR_process_vm_readv, process_id, &target, 1, &source, 1, 0) == (long)size;
#else
  (void)process_id, (void)to, (void)from, (void)size;
  return false;
#endif
}

void *system_map(size_t size) {
  const long protection = PROT_READ | PROT_WRITE;
  const long flags = MAP_PRIVATE | MAP_ANONYMOUS;
#if defined(__i386__) || defined(__s390x__)
  /* These take the six arguments in one block of memory. */
  const unsigned long block[6] = {0, size, (unsigned long)protection, (unsigned long)flags, ~0UL, 0};
  const long result = SYSCALL1(__NR_mmap, block);
#elif defined(__arm__)
  const long result = SYSCALL6(__NR_mmap2, 0, size, protection, flags, -1, 0);
#else
  const long result = SYSCALL6(__NR_mmap, 0, size, protection, flags, -1, 0);
#endif
  return (unsigned long)result > -4096UL ? NULL : (void *)result;
}

void system_unmap(void *memory, size_t size) { (void)SYSCALL2(__NR_munmap, memory, size); }

bool system_wipe_on_fork(void *memory, size_t size) {
  const long wipe_on_fork = 18; /* MADV_WIPEONFORK, which older headers lack */
  return SYSCALL3(__NR_madvise, memory, size, wipe_on_fork) == 0;
}

#ifdef ARCH_HAS_SOCKETCALL

static long socket_call(int which, const unsigned long *arguments) {
  return SYSCALL2(__NR_socketcall, which, arguments);
}

long system_socket(int family, int type) {
  const unsigned long arguments[3] = {(unsigned long)family, (unsigned long)type, 0};
  return socket_call(SYS_SOCKET, arguments);
}

long system_connect(long descriptor, const void *address, size_t size) {
  const unsigned long arguments[3] = {(unsigned long)descriptor, (unsigned long)address, size};
  return socket_call(SYS_CONNECT, arguments);
}

long system_send(long descriptor, const void *from, size_t size, int flags, const void *address, size_t address_size) {
  const unsigned long arguments[6] = {(unsigned long)descriptor, (unsigned long)from,    size,
                                      (unsigned long)flags,      (unsigned long)address, address_size};
  return socket_call(SYS_SENDTO, arguments);
}

static long set_option(long descriptor, int option, const void *value, size_t size) {
  const unsigned long arguments[5] = {(unsigned long)descriptor, SOL_SOCKET, (unsigned long)option,
                                      (unsigned long)value, size};
  return socket_call(SYS_SETSOCKOPT, arguments);
}

#else

long system_socket(int family, int type) { return SYSCALL3(__NR_socket, family, type, 0); }

long system_connect(long descriptor, const void *address, size_t size) {
  return SYSCALL3(__NR_connect, descriptor, address, size);
}

long system_send(long descriptor, const void *from, size_t size, int flags, const void *address, size_t address_size) {
  return SYSCALL6(__NR_sendto, descriptor, from, size, flags, address, address_size);
}

static long set_option(long descriptor, int option, const void *value, size_t size) {
  return SYSCALL5(__NR_setsockopt, descriptor, SOL_SOCKET, option, value, size);
}

#endif

long system_set_send_timeout(long descriptor, uint32_t microseconds) {
  /* SO_SNDTIMEO_OLD of asm/socket.h: its struct has two long members, and every kernel supports it. */
#if defined(__powerpc64__)
  const int send_timeout = 19;
#else
  const int send_timeout = 21;
#endif
  const struct {
    long seconds, microseconds;
  } timeout = {(long)(microseconds / 1000000), (long)(microseconds % 1000000)};
  return set_option(descriptor, send_timeout, &timeout, sizeof timeout);
}

bool system_usage(bool of_children, struct usage *usage) {
  /* The kernel has long members everywhere, independent of time_t in the C library. */
  struct {
    long user_seconds, user_microseconds, system_seconds, system_microseconds;
    long max_resident, unused1, unused2, unused3;
    long minor_faults, major_faults, unused4, blocks_in, blocks_out;
    long unused5, unused6, unused7, waits, preemptions;
  } kernel = {0};
  if (SYSCALL2(__NR_getrusage, of_children ? -1 : 0, &kernel) < 0) return false;
  *usage = (struct usage){
      .user_ms = (uint64_t)kernel.user_seconds * 1000 + (unsigned long)kernel.user_microseconds / 1000,
      .system_ms = (uint64_t)kernel.system_seconds * 1000 + (unsigned long)kernel.system_microseconds / 1000,
      .max_resident = (unsigned long)kernel.max_resident,
      .minor_faults = (unsigned long)kernel.minor_faults,
      .major_faults = (unsigned long)kernel.major_faults,
      .blocks_in = (unsigned long)kernel.blocks_in,
      .blocks_out = (unsigned long)kernel.blocks_out,
      .waits = (unsigned long)kernel.waits,
      .preemptions = (unsigned long)kernel.preemptions,
  };
  return true;
}
