/*
 * Programs whose objects are not those of the start: objects KIND, in the directory of the objects. The exit status is
 * 42 unless something broke. Built with HIDES="what", a program has a dl_iterate_phdr of its own. Other parts:
 *   PLUGIN="name"  an object to load, which prints when it is made and when it goes
 *   EARLY          a library of the program; its constructor runs before those of preloaded libraries
 *   FOREIGN        a library that exports symbols of libcs
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <link.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void swap(const char *path);

#ifdef PLUGIN
static void say(const char *text) { (void)!write(STDOUT_FILENO, text, strlen(text)); }
__attribute__((constructor)) static void make(void) {
  say(PLUGIN " made\n");
#ifdef SWAPS
  swap("./two.so");
#endif
}
__attribute__((destructor)) static void go(void) { say(PLUGIN " gone\n"); }

#elif defined EARLY
static void *current;
void swap(const char *path) {
  if (current != NULL && dlclose(current) != 0) _exit(1);
  current = dlopen(path, RTLD_NOW); /* musl loads none while the program ends */
}
__attribute__((constructor)) static void load(void) { swap("./one.so"); }
__attribute__((destructor)) static void unload(void) { swap("./one.so"); }

#elif defined FOREIGN
/* What a library could tell glibc from musl by, or take from either. */
char **environ;
char __libc_single_threaded = 1;
const char *gnu_get_libc_version(void) { return "2.8"; }
const char *gnu_get_libc_release(void) { return "stable"; }
int __libc_start_call_main(void) { abort(); }
int __sched_cpucount(size_t size, const void *set) { return 1; }
int __cxa_thread_atexit_impl(void (*destructor)(void *), void *object, void *handle) { return 0; }
void *__libc_malloc(size_t size) { abort(); }
struct r_debug _r_debug;

#else
static int count(struct dl_phdr_info *object, size_t size, void *data) {
  ++*(int *)data;
  return 0;
}

#ifdef HIDES
typedef int callback(struct dl_phdr_info *, size_t, void *);
typedef int iterator(callback *, void *);
static struct dl_phdr_info entries[1], *cache;

/* Hides all objects behind the first. */
static int keep(struct dl_phdr_info *object, size_t size, void *data) {
  entries[0] = *object;
  return 1;
}
/* The function takes a constructor that runs after those of libraries. */
static iterator *next;
__attribute__((constructor)) static void find_next(void) { next = (iterator *)dlsym(RTLD_NEXT, "dl_iterate_phdr"); }
/* As a container of C++, whose memory is gone before the destructors of libraries run. */
static void forget(void) { cache = (struct dl_phdr_info *)8; }
static void hide(void) {
  next(keep, NULL);
  cache = entries;
  atexit(forget);
}

int dl_iterate_phdr(callback *call, void *data) {
  struct dl_phdr_info none = {0};
  if (strcmp(HIDES, "all") == 0) return 0;
  if (strcmp(HIDES, "fields") == 0) return call(&none, offsetof(struct dl_phdr_info, dlpi_adds), data);
  return cache == NULL ? next(call, data) : call(cache, sizeof *cache, data);
}
#else
static void hide(void) {}
#endif

#ifdef LM_ID_NEWLM
static void namespaces(int leave) {
  void *first = dlmopen(LM_ID_NEWLM, "./one.so", RTLD_NOW);
  void *second = dlmopen(LM_ID_NEWLM, "./two.so", RTLD_NOW);
  if (first == NULL || second == NULL || dlclose(first) != 0) _exit(10);
  void (*exit_of_namespace)(int) = dlsym(second, "exit");
  if (leave) exit_of_namespace(42);
}
#endif

int main(int argc, char **argv) {
  const char *kind = argv[1];
  int seen = 0;
  if (strcmp(kind, "swapped") == 0) {
    for (int i = 0; i <= 100; i++) swap(i % 2 == 0 ? "./two.so" : "./one.so");
  }
  if (strcmp(kind, "swapped-by-object") == 0) {
    if (dlopen("./three.so", RTLD_NOW) == NULL) return 1;
  }
#ifdef LM_ID_NEWLM
  if (strncmp(kind, "namespace", 9) == 0) namespaces(strcmp(kind, "namespace-exit") == 0);
#endif
  if (strcmp(kind, "hidden") == 0) {
    hide();
    if (dlopen("./two.so", RTLD_NOW) == NULL) return 1;
    dl_iterate_phdr(count, &seen);
    printf("%d\n", seen);
  }
  return 42;
}
#endif
