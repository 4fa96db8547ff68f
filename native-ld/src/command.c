/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Options whose value is the next word. If one is missing here, its value is taken for an input. */
static const char *const WITH_VALUE[] = {
    "A", "a", "architecture", "assert", "audit", "b", "c", "P", "depaudit", "defsym", "dynamic-linker",
    "dynamic-list", "e", "entry", "exclude-libs", "f", "auxiliary", "F", "filter", "fini", "format", "fuse-ld", "G",
    "gpsize", "h", "soname", "I", "init", "just-symbols", "R", "m", "Map", "mri-script", "plugin", "plugin-opt",
    "rpath", "rpath-link", "retain-symbols-file", "section-start", "sort-section", "sysroot", "Tbss", "Tdata",
    "Ttext", "Ttext-segment", "u", "undefined", "unresolved-symbols", "version-script", "wrap", "y", "trace-symbol",
    "Y", "z", "export-dynamic-symbol", "export-dynamic-symbol-list", "library-path", "L", "dependency-file",
    "out-implib", "package-metadata", "thread-count", "require-defined", "ignore-unresolved-symbol", "chroot",
    "mllvm", "o", "output", "oformat", "l", "library", "T", "script",
};

/* Options that ask for a custom layout or for no final link. */
static const char *const NOT_FINAL[] = {
    "r", "i", "Ur", "relocatable", "version", "help", "target-help", "T", "script", "dT", "default-script", "c",
    "mri-script", "run",
    /* Boot code: a note before the text would move its entry point. */
    "Ttext", "N", "omagic",
};

static bool contains(const char *const *list, size_t count, const char *word) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(word, list[i]) == 0) return true;
  }
  return false;
}
#define CONTAINS(list, word) contains(list, COUNT_OF(list), word)

/* The value of `-name=value`, `-name value` or, for one letter, `-nvalue`; NULL if `word` is another option. */
static const char *value_of(const char *word, const char *next, const char *name) {
  size_t length = strlen(name);
  if (strncmp(word, name, length) != 0) return NULL;
  if (word[length] == '\0') return next;
  if (word[length] == '=' && length > 1) return word + length + 1;
  return length == 1 ? word + 1 : NULL;
}

static bool has_prefix(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

/* Whether an option is `-TSCRIPT` in one word. -Tbss, -Tdata, -Ttext and the like only move sections. */
static bool is_attached_script(const char *option, int dashes) {
  static const char *const ADDRESSES[] = {"Tbss", "Tdata", "Ttext", "Trodata-segment", "Tldata-segment"};
  if (dashes > 1 || option[0] != 'T' || option[1] == '\0') return false;
  for (size_t i = 0; i < COUNT_OF(ADDRESSES); i++) {
    if (has_prefix(option, ADDRESSES[i])) return false;
  }
  return true;
}

/* Searches each directory for a shared library, then for an archive, as linkers do. Returns `option` if it finds none. */
static char *find_library(const char *name, const struct words *search, bool archives_only, char *option) {
  for (size_t i = 0; i < search->count; i++) {
    const char *const suffixes[] = {".so", ".a"};
    for (int suffix = archives_only; suffix < 2; suffix++) {
      char *path;
      int length = name[0] == ':' ? asprintf(&path, "%s/%s", search->items[i], name + 1)
                                  : asprintf(&path, "%s/lib%s%s", search->items[i], name, suffixes[suffix]);
      if (length < 0) return option;
      if (access(path, R_OK) == 0) return path;
      free(path);
    }
  }
  return option;
}

static void add_input(struct command *command, char *word, bool lazy) {
  struct identification found = identify(word);
  words_add(&command->inputs, word);
  if (found.kind == KIND_NONE) return;
  command->final = true;
  /* Only a wrapper passes such a name. */
  if (found.kind == KIND_OBJECT && has_prefix(word, DESCRIPTOR_FOLDER)) command->stamped = true;
  if (found.machine != 0 && command->target.machine == 0) command->target = found;
  if (found.kind == KIND_OBJECT && !lazy && command->anchor == NULL) command->anchor = word;
}

static void add_library(struct command *command, char *word) {
  words_add(&command->inputs, word);
  command->final = true;
  if (command->target.machine == 0) command->target = identify(word);
}

static bool is_trial(const char *output) {
  char folder[MAX_PATH_BYTES];
  const char *name = base_name(output);
  if (has_prefix(name, "conftest") || has_prefix(name, "cmTC_")) return true;
  /* The first trial of configure determines the default output name of the compiler. */
  if (strcmp(name, "a.out") == 0 && (access("conftest.c", F_OK) == 0 || access("conftest.cpp", F_OK) == 0)) return true;
  if (getcwd(folder, sizeof folder) == NULL) return false;
  return strstr(folder, "/CMakeFiles/CMakeTmp") != NULL || strstr(folder, "/CMakeFiles/CMakeScratch") != NULL ||
         (strstr(folder, "/CMakeFiles/") != NULL && strstr(folder, "/CompilerId") != NULL) ||
         strstr(folder, "/meson-private") != NULL || strstr(output, "/meson-private/") != NULL;
}

static const char *word_after(const struct words *words, size_t i) {
  return i + 1 < words->count ? words->items[i + 1] : NULL;
}

/* Every -L applies to every -l, even to earlier ones. */
static void collect_search(struct words *search, const struct words *arguments) {
  for (size_t i = 0; i < arguments->count; i++) {
    const char *word = arguments->items[i], *next = word_after(arguments, i);
    const char *value = NULL;
    if (word[0] == '-' && word[1] == 'L')
      value = value_of(word + 1, next, "L");
    else if (has_prefix(word, "--library-path"))
      value = value_of(word + 2, next, "library-path");
    if (value != NULL) words_add(search, (char *)value);
  }
}

struct command read_command(const struct words *arguments) {
  struct command command = {.output = "a.out"};
  bool not_final = arguments->overflow, lazy = false, archives_only = false;
  const char *emulation = NULL;
  collect_search(&command.search, arguments);
  for (size_t i = 0; i < arguments->count; i++) {
    char *word = arguments->items[i];
    const char *next = word_after(arguments, i);
    if (word[0] != '-' || word[1] == '\0') {
      add_input(&command, word, lazy);
      continue;
    }
    int dashes = word[1] == '-' ? 2 : 1;
    const char *option = word + dashes, *value;
    char name[64];
    size_t length = strcspn(option, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), option);

    if (CONTAINS(NOT_FINAL, name) || is_attached_script(option, dashes))
      not_final = true;
    else if ((value = value_of(option, next, "oformat")) != NULL && dashes == 2)
      not_final |= !has_prefix(value, "elf");
    else if ((dashes == 1 && (value = value_of(option, next, "o")) != NULL) ||
             (value = value_of(option, next, "output")) != NULL)
      command.output = value;
    else if ((value = value_of(option, next, "dependency-file")) != NULL)
      command.dependency_file = value;
    else if ((dashes == 1 && (value = value_of(option, next, "l")) != NULL) ||
             (value = value_of(option, next, "library")) != NULL)
      add_library(&command, find_library(value, &command.search, archives_only, word));
    else if (dashes == 1 && (value = value_of(option, next, "m")) != NULL)
      emulation = value;
    else if (strcmp(option, "start-lib") == 0)
      lazy = true;
    else if (strcmp(option, "end-lib") == 0)
      lazy = false;
    else if (strcmp(option, "Bstatic") == 0 || strcmp(option, "static") == 0 || strcmp(option, "dn") == 0)
      archives_only = true;
    else if (strcmp(option, "Bdynamic") == 0 || strcmp(option, "dy") == 0)
      archives_only = false;

    if (next != NULL && CONTAINS(WITH_VALUE, option)) i++;
  }
  if (command.target.machine == 0 && emulation != NULL) command.target = identify_emulation(emulation);
  command.final = command.final && !not_final && !command.inputs.overflow;
  command.trial = is_trial(command.output);
  return command;
}
