/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compiler.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "response-files.h"

#define MAX_COMMAND_LINE_BYTES ((size_t)4 << 20)

/* The NUL-terminated arguments of a process, and a NULL. */
static char **read_arguments(long pid) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%ld/cmdline", pid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  char *text = fd < 0 ? NULL : malloc(MAX_COMMAND_LINE_BYTES + 1);
  size_t size = 0;
  for (ssize_t count; text != NULL && size < MAX_COMMAND_LINE_BYTES; size += (size_t)count) {
    if ((count = read(fd, text + size, MAX_COMMAND_LINE_BYTES - size)) <= 0) break;
  }
  if (fd >= 0) close(fd);
  if (size == 0) return NULL;
  text[size] = '\0';
  struct words words = {0};
  for (char *at = text; at < text + size; at += strlen(at) + 1) words_add(&words, at);
  words_add(&words, NULL);
  return words.overflow ? NULL : words.items;
}

static bool is_family(const char *path) {
  static const char *const NAMES[] = {"icx", "icpx", "ifx", "dpcpp"};
  const char *name = base_name(path);
  if (strstr(name, "clang") != NULL || strstr(name, "flang") != NULL) return true;
  for (size_t i = 0; i < COUNT_OF(NAMES); i++) {
    if (strcmp(name, NAMES[i]) == 0) return true;
  }
  return false;
}

static void add_folder(struct words *folders, const char *path) {
  size_t length = (size_t)(base_name(path) - path);
  if (length > 1) words_add(folders, strndup(path, length - 1));
}

/* TRIPLE of a compiler that is called TRIPLE-clang. */
static char *triple_of_name(const char *path) {
  const char *name = base_name(path), *end = strstr(name, "-clang");
  return end == NULL || memchr(name, '-', (size_t)(end - name)) == NULL ? NULL : strndup(name, (size_t)(end - name));
}

static void read_options(struct compiler *compiler, char **arguments) {
  struct words words = expand_response_files(arguments);
  for (size_t i = 0; i < words.count; i++) {
    char *word = words.items[i], *next = i + 1 < words.count ? words.items[i + 1] : NULL;
    if (strncmp(word, "--target=", 9) == 0)
      compiler->triple = word + 9;
    else if (strcmp(word, "-target") == 0 && next != NULL)
      compiler->triple = next, i++;
    else if (strcmp(word, "-B") == 0 && next != NULL)
      words_add(&compiler->prefixes, next), i++;
    else if (strncmp(word, "-B", 2) == 0 && word[2] != '\0')
      words_add(&compiler->prefixes, word + 2);
    else if (strncmp(word, "--prefix=", 9) == 0)
      words_add(&compiler->prefixes, word + 9);
  }
  free(words.items);
}

struct compiler read_calling_compiler(void) {
  struct compiler compiler = {0};
  long parent = (long)getppid();
  char link[64], exe[MAX_PATH_BYTES];
  snprintf(link, sizeof link, "/proc/%ld/exe", parent);
  ssize_t length = readlink(link, exe, sizeof exe - 1);
  if (length <= 0) return compiler;
  exe[length] = '\0';
  if (!is_family(exe)) return compiler;
  compiler.searches_itself = true;
  char **arguments = read_arguments(parent);
  if (arguments != NULL) {
    compiler.triple = triple_of_name(arguments[0]);
    read_options(&compiler, arguments + 1);
    add_folder(&compiler.folders, arguments[0]);
  }
  add_folder(&compiler.folders, exe);
  return compiler;
}
