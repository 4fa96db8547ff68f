/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "real-linker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

#define MAX_CHAIN_BYTES 4096

/* The chain is `PID DEVICE:INODE DEVICE:INODE … `. It is valid across exec; a child has another PID and starts anew. */
static char *read_chain(void) {
  char *chain;
  const char *inherited = setting(CHAIN_VARIABLE);
  int digits = 0;
  long pid = 0;
  if (inherited != NULL && sscanf(inherited, "%ld %n", &pid, &digits) >= 1 && pid == (long)getpid() &&
      strlen(inherited) < MAX_CHAIN_BYTES) {
    return strdup(inherited);
  }
  return asprintf(&chain, "%ld ", (long)getpid()) < 0 ? NULL : chain;
}

void adopt_chain(void) {
  const char *chain = setting(CHAIN_VARIABLE), *files = chain == NULL ? NULL : strchr(chain, ' ');
  char *own;
  if (files == NULL || asprintf(&own, "%ld%s", (long)getpid(), files) < 0) return;
  setenv(CHAIN_VARIABLE, own, 1);
  free(own);
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

static char *search(const char *directories, const char *name, const char *chain, struct stat *found) {
  for (const char *at = directories; at != NULL && *at != '\0';) {
    size_t length = strcspn(at, ":");
    char *path;
    /* An empty entry means the working directory. */
    int made = asprintf(&path, "%.*s%s%s", (int)length, at, length == 0 ? "./" : "/", name);
    if (made >= 0 && usable(path, chain, found)) return path;
    if (made >= 0) free(path);
    at += length;
    if (*at == ':') at++;
  }
  return NULL;
}

struct real_linker find_real_linker(const char *name) {
  struct real_linker real = {.chain = read_chain()};
  struct stat self, found;
  if (real.chain == NULL) return real;
  real.stamped = strchr(real.chain, ':') != NULL;
  if (stat("/proc/self/exe", &self) == 0) extend(&real.chain, &self);

  const char *named = setting("OGRT_LD_REAL");
  if (named != NULL && usable(named, real.chain, &found)) real.path = strdup(named);
  /* gcc sets COMPILER_PATH to the directories of its own linker, which a cross compiler needs. */
  if (real.path == NULL) real.path = search(getenv("COMPILER_PATH"), name, real.chain, &found);
  if (real.path == NULL) real.path = search(getenv("PATH"), name, real.chain, &found);
  if (real.path != NULL) extend(&real.chain, &found);
  return real;
}
