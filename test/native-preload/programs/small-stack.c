/*
 * Calls the constructor and the destructor of a library on a stack of STACK_BYTES above an unreadable page, and prints
 * how much of it each has used: small-stack LIBRARY STACK_BYTES, with OGRT_ACTIVE=0, which it sets to 1.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

extern char **environ;
typedef void entry(long, char **, char **);

static void call_on_stack(uint8_t *top, entry *function, long count, char **arguments, char **environment) {
#if defined(__x86_64__)
  __asm__ volatile(
      "mov %%rsp, %%rbx\n\tmov %[top], %%rsp\n\tcall *%[function]\n\tmov %%rbx, %%rsp"
      : "+D"(count), "+S"(arguments), "+d"(environment)
      : [top] "r"(top), [function] "r"(function)
      : "rax", "rbx", "rcx", "r8", "r9", "r10", "r11", "memory", "cc");
#else
#error "x86_64 only"
#endif
}

static ElfW(Addr) entry_of(const struct link_map *map, ElfW(Sxword) tag) {
  for (const ElfW(Dyn) *at = map->l_ld; at->d_tag != DT_NULL; at++) {
    if (at->d_tag == tag) return *(ElfW(Addr) *)(map->l_addr + at->d_un.d_ptr);
  }
  abort();
}

int main(int argc, char **argv) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE), size = (size_t)atoi(argv[2]);
  uint8_t *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || size > page || mprotect(pages, page, PROT_NONE) != 0) return 1;
  struct link_map *map = dlopen(argv[1], RTLD_NOW);
  if (map == NULL) return 2;
  char *active = getenv("OGRT_ACTIVE");
  active[0] = '1';
  static const ElfW(Sxword) tags[] = {DT_INIT_ARRAY, DT_FINI_ARRAY};
  for (unsigned i = 0; i < 2; i++) {
    memset(pages + page, 0xa5, size);
    call_on_stack(pages + page + size, (entry *)entry_of(map, tags[i]), argc, argv, environ);
    size_t unused = 0;
    while (unused < size && pages[page + unused] == 0xa5) unused++;
    printf("%zu\n", size - unused);
  }
  return 0;
}
