/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clock.h"

#include <asm/unistd.h>
#include <elf.h>
#include <link.h>
#include <stdbool.h>
#include <stddef.h>

#include "memory.h"
#include "syscall.h"

struct machine_timespec {
  long seconds, nanoseconds;
};

/* Names from vdso(7). 32-bit machines call clock_gettime64(2) instead, because their old clock ends in 2038. */
#if defined(__x86_64__) || defined(__riscv)
#define VDSO_CLOCK "__vdso_clock_gettime"
#elif defined(__aarch64__) || defined(__powerpc64__)
#define VDSO_CLOCK "__kernel_clock_gettime"
#endif

#ifdef VDSO_CLOCK

typedef int vdso_clock(int clock, struct machine_timespec *time);

/* The kernel maps the whole vDSO, so its contents are trusted. */
static vdso_clock *find_vdso_clock(const uint8_t *image) {
  const ElfW(Ehdr) *header = (const ElfW(Ehdr) *)(const void *)image;
  const ElfW(Phdr) *segments = (const ElfW(Phdr) *)(const void *)(image + header->e_phoff);
  const ElfW(Dyn) *dynamic = NULL;
  const uint8_t *base = NULL;
  for (unsigned i = 0; i < header->e_phnum; i++) {
    if (segments[i].p_type == PT_LOAD && base == NULL) base = image + segments[i].p_offset - segments[i].p_vaddr;
    if (segments[i].p_type == PT_DYNAMIC) dynamic = (const ElfW(Dyn) *)(const void *)(image + segments[i].p_offset);
  }
  if (base == NULL || dynamic == NULL) return NULL;
  const ElfW(Sym) *symbols = NULL;
  const char *names = NULL;
  /*
   * The second word of DT_HASH is the number of symbols. s390x, where these words have eight bytes, does not get
   * here.
   */
  const uint32_t *hash = NULL;
  for (; dynamic->d_tag != DT_NULL; dynamic++) {
    if (dynamic->d_tag == DT_SYMTAB) symbols = (const ElfW(Sym) *)(const void *)(base + dynamic->d_un.d_ptr);
    if (dynamic->d_tag == DT_STRTAB) names = (const char *)(base + dynamic->d_un.d_ptr);
    if (dynamic->d_tag == DT_HASH) hash = (const uint32_t *)(const void *)(base + dynamic->d_un.d_ptr);
  }
  if (symbols == NULL || names == NULL || hash == NULL) return NULL;
  for (uint32_t i = 1; i < hash[1]; i++) {
    if (!same_words(names + symbols[i].st_name, VDSO_CLOCK, sizeof VDSO_CLOCK)) continue;
    return symbols[i].st_shndx == SHN_UNDEF ? NULL : (vdso_clock *)(uintptr_t)(base + symbols[i].st_value);
  }
  return NULL;
}

static bool read_vdso_clock(enum clock clock, const void *vdso, struct machine_timespec *time) {
  vdso_clock *get_time = vdso == NULL ? NULL : find_vdso_clock(vdso);
  return get_time != NULL && get_time((int)clock, time) == 0;
}

#else

static bool read_vdso_clock(enum clock clock, const void *vdso, struct machine_timespec *time) {
  (void)clock;
  (void)vdso;
  (void)time;
  return false;
}

#endif

OWN_FRAME struct timestamp clock_now(enum clock clock, const void *vdso) {
  struct machine_timespec time = {0, 0};
  if (read_vdso_clock(clock, vdso, &time)) {
    return (struct timestamp){(uint64_t)time.seconds, (uint32_t)time.nanoseconds};
  }
#ifdef __NR_clock_gettime64
  struct {
    int64_t seconds, nanoseconds;
  } wide;
  if (SYSCALL2(__NR_clock_gettime64, clock, &wide) == 0) {
    return (struct timestamp){(uint64_t)wide.seconds, (uint32_t)wide.nanoseconds};
  }
#endif
  (void)SYSCALL2(__NR_clock_gettime, clock, &time);
  return (struct timestamp){(uint64_t)time.seconds, (uint32_t)time.nanoseconds};
}

uint64_t clock_milliseconds(struct timestamp time) { return time.seconds * 1000 + time.nanoseconds / 1000000; }

uint64_t clock_nanoseconds(struct timestamp time) { return time.seconds * 1000000000 + time.nanoseconds; }
