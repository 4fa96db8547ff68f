/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "real-linker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command.h"
#include "compiler.h"

#define MAX_CHAIN_BYTES 4096

/*
 * The chain is `PID DEVICE:INODE DEVICE:INODE … `, with the PID of the wrapper that waits. It is valid in the linker
 * that the wrapper has started, also across exec; other processes start anew.
 */
static char *read_chain(void) {
  char *chain;
  const char *inherited = setting(CHAIN_VARIABLE);
  int digits = 0;
  long pid = 0;
  if (inherited != NULL && sscanf(inherited, "%ld %n", &pid, &digits) >= 1 && strlen(inherited) < MAX_CHAIN_BYTES &&
      (pid == (long)getppid() || pid == (long)getpid())) {
    return strdup(inherited);
  }
  return asprintf(&chain, "%ld ", (long)getpid()) < 0 ? NULL : chain;
}

static void format_file(const struct stat *stat, char *text, size_t size) {
  snprintf(text, size, "%llx:%llx ", (unsigned long long)stat->st_dev, (unsigned long long)stat->st_ino);
}

static bool in_chain(const char *chain, const struct stat *stat) {
  char file[64];
  format_file(stat, file, sizeof file);
  const char *found = strstr(chain, file);
  return found != NULL && found > chain && found[-1] == ' ';
}

static void extend(char **chain, const struct stat *stat) {
  char file[64], *longer;
  format_file(stat, file, sizeof file);
  if (in_chain(*chain, stat) || asprintf(&longer, "%s%s", *chain, file) < 0) return;
  free(*chain);
  *chain = longer;
}

static bool usable(const char *path, const char *chain, struct stat *found) {
  return stat(path, found) == 0 && S_ISREG(found->st_mode) && access(path, X_OK) == 0 && !in_chain(chain, found);
}

/* An empty directory means the working directory. */
static char *look_in(const char *directory, size_t length, const char *name, const char *chain, struct stat *found) {
  char *path;
  if (asprintf(&path, "%.*s%s%s", (int)length, directory, length == 0 ? "./" : "/", name) < 0) return NULL;
  if (usable(path, chain, found)) return path;
  free(path);
  return NULL;
}

static char *search(const char *directories, const char *name, const char *chain, struct stat *found) {
  char *path = NULL;
  for (const char *at = directories; path == NULL && at != NULL && *at != '\0';) {
    size_t length = strcspn(at, ":");
    path = look_in(at, length, name, chain, found);
    at += length;
    if (*at == ':') at++;
  }
  return path;
}

/* An item is a directory, or else the start of a path (`-B /usr/bin/TRIPLE-`). */
static char *search_list(const struct words *list, const char *name, const char *chain, struct stat *found) {
  for (size_t i = 0; i < list->count; i++) {
    const char *item = list->items[i];
    bool folder = stat(item, found) == 0 && S_ISDIR(found->st_mode);
    char *path;
    if (asprintf(&path, "%s%s%s", item, folder ? "/" : "", name) < 0) return NULL;
    if (usable(path, chain, found)) return path;
    free(path);
  }
  return NULL;
}

/* A cross gcc has its linker in PREFIX/TRIPLE/bin; the libraries in PREFIX/TRIPLE/lib are on the command line. */
static void add_target_folders(struct words *folders, const struct words *words) {
  struct words libraries = {0};
  collect_search(&libraries, words);
  for (size_t i = 0; i < libraries.count; i++) {
    char *library = libraries.items[i], *folder;
    size_t length = strlen(library);
    while (length > 1 && library[length - 1] == '/') length--;
    char *slash = memrchr(library, '/', length);
    if (slash == NULL || strncmp(slash, "/lib", 4) != 0) continue;
    char *parent = memrchr(library, '/', (size_t)(slash - library));
    if (parent == NULL || memchr(parent, '-', (size_t)(slash - parent)) == NULL) continue;
    if (asprintf(&folder, "%.*s/bin", (int)(slash - library), library) >= 0) words_add(folders, folder);
  }
  free(libraries.items);
}

/* In the order of clang: for TRIPLE-NAME and then NAME, first in its own directories and then in PATH. */
static char *search_as_compiler(struct compiler *compiler, const char *name, const struct words *words,
                                const char *chain, struct stat *found) {
  char *prefixed = NULL, *path = NULL;
  if (compiler->triple != NULL && asprintf(&prefixed, "%s-%s", compiler->triple, name) < 0) return NULL;
  const char *const names[] = {prefixed, name};
  for (int i = 0; i < 2 && path == NULL; i++) {
    if (names[i] != NULL) path = search_list(&compiler->prefixes, names[i], chain, found);
  }
  add_target_folders(&compiler->folders, words);
  for (int i = 0; i < 2 && path == NULL; i++) {
    if (names[i] != NULL) path = search_list(&compiler->folders, names[i], chain, found);
    if (names[i] != NULL && path == NULL) path = search(getenv("PATH"), names[i], chain, found);
  }
  return path;
}

/*
 * `mold -run` preloads a library that executes MOLD_PATH instead of any linker. This wrapper does the same; but where
 * that library comes first, the wrapper is never started. If MOLD_PATH is this wrapper, mold is in PATH.
 */
static char *search_running_mold(const char *chain, struct stat *found) {
  const char *preloaded = setting("LD_PRELOAD"), *mold = setting("MOLD_PATH");
  if (preloaded == NULL || mold == NULL || strstr(preloaded, "mold-wrapper.so") == NULL) return NULL;
  if (!usable(mold, chain, found)) return search(getenv("PATH"), "mold", chain, found);
  warn_once("`mold -run` leaves most links unstamped; use -fuse-ld=mold, or set MOLD_PATH to this wrapper's ld.mold");
  return strdup(mold);
}

struct real_linker find_real_linker(const char *name, const struct words *words) {
  struct real_linker real = {.chain = read_chain()};
  struct stat self, found;
  if (real.chain == NULL) return real;
  real.stamped = strchr(real.chain, ':') != NULL;
  if (stat("/proc/self/exe", &self) == 0) extend(&real.chain, &self);

  const char *named = setting("OGRT_LD_REAL");
  if (named != NULL && usable(named, real.chain, &found)) real.path = strdup(named);
  if (real.path == NULL) real.path = search_running_mold(real.chain, &found);
  /* gcc sets COMPILER_PATH to the directories of its own linker, which a cross compiler needs. */
  struct compiler compiler = {0};
  if (real.path == NULL) real.path = search(getenv("COMPILER_PATH"), name, real.chain, &found);
  if (real.path == NULL) compiler = read_calling_compiler();
  if (real.path == NULL && compiler.searches_itself)
    real.path = search_as_compiler(&compiler, name, words, real.chain, &found);
  if (real.path == NULL) real.path = search(getenv("PATH"), name, real.chain, &found);
  if (real.path != NULL) extend(&real.chain, &found);
  return real;
}
