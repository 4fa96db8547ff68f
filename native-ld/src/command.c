/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Options whose value is the next word. One that is missing here only makes its value look like an input. */
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

/* What of these is asked for is somebody else's layout, or no link at all. */
static const char *const NOT_FINAL[] = {
    "r", "i", "Ur", "relocatable", "version", "help", "target-help", "T", "script", "dT", "default-script", "c",
    "mri-script", "run",
    /* Boot code: a note before its text would move what the machine starts at. */
    "Ttext", "N", "omagic",
};

static bool one_of(const char *word, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(word, list[i]) == 0) return true;
  }
  return false;
}
#define ONE_OF(word, list) one_of(word, list, sizeof(list) / sizeof *(list))

/* The value of `-name=value`, `-name value` or (for one letter) `-nvalue`; NULL when `word` is another option. */
static const char *value_of(const char *word, const char *next, const char *name) {
  size_t length = strlen(name);
  if (strncmp(word, name, length) != 0) return NULL;
  if (word[length] == '\0') return next;
  if (word[length] == '=' && length > 1) return word + length + 1;
  return length == 1 ? word + 1 : NULL;
}

static bool starts(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

/* -Tbss, -Tdata, -Ttext and -Ttext-segment only move sections; every other -Tname is a script. */
static bool attached_script(const char *option, int dashes) {
  static const char *const ADDRESSES[] = {"Tbss", "Tdata", "Ttext", "Trodata-segment", "Tldata-segment"};
  if (dashes > 1 || option[0] != 'T' || option[1] == '\0') return false;
  for (size_t i = 0; i < sizeof ADDRESSES / sizeof *ADDRESSES; i++) {
    if (starts(option, ADDRESSES[i])) return false;
  }
  return true;
}

/* As the linkers search: each directory for the shared library, then for the archive. Falls back to the option's text.
 */
static char *library(const char *name, const struct words *search, bool archives_only, char *option) {
  for (size_t i = 0; i < search->count; i++) {
    const char *const endings[] = {".so", ".a"};
    for (int ending = archives_only; ending < 2; ending++) {
      char *path;
      int length = name[0] == ':' ? asprintf(&path, "%s/%s", search->items[i], name + 1)
                                  : asprintf(&path, "%s/lib%s%s", search->items[i], name, endings[ending]);
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
  /* Only a wrapper names its inputs so. */
  if (found.kind == KIND_OBJECT && starts(word, "/proc/self/fd/")) command->stamped = true;
  if (found.machine != 0 && command->target.machine == 0) command->target = found;
  if (found.kind == KIND_OBJECT && !lazy && command->anchor == NULL) command->anchor = word;
}

static void add_library(struct command *command, char *word) {
  words_add(&command->inputs, word);
  command->final = true;
  if (command->target.machine == 0) command->target = identify(word);
}

static bool is_trial(const char *output) {
  char folder[4096];
  const char *name = base_name(output);
  if (starts(name, "conftest") || starts(name, "cmTC_")) return true;
  /* configure's first trial asks what the compiler calls its output. */
  if (strcmp(name, "a.out") == 0 && (access("conftest.c", F_OK) == 0 || access("conftest.cpp", F_OK) == 0)) return true;
  if (getcwd(folder, sizeof folder) == NULL) return false;
  return strstr(folder, "/CMakeFiles/CMakeTmp") != NULL || strstr(folder, "/CMakeFiles/CMakeScratch") != NULL ||
         (strstr(folder, "/CMakeFiles/") != NULL && strstr(folder, "/CompilerId") != NULL) ||
         strstr(folder, "/meson-private") != NULL || strstr(output, "/meson-private/") != NULL;
}

/* Every -L counts for every -l, also for one before it. */
static void collect_search(struct words *search, const struct words *arguments) {
  for (size_t i = 0; i < arguments->count; i++) {
    const char *word = arguments->items[i], *next = i + 1 < arguments->count ? arguments->items[i + 1] : NULL;
    const char *value = NULL;
    if (word[0] == '-' && word[1] == 'L')
      value = value_of(word + 1, next, "L");
    else if (starts(word, "--library-path"))
      value = value_of(word + 2, next, "library-path");
    if (value != NULL) words_add(search, (char *)value);
  }
}

struct command read_command(const struct words *arguments) {
  struct command command = {.output = "a.out"};
  bool foreign = arguments->overflow, lazy = false, archives_only = false;
  const char *emulation = NULL;
  collect_search(&command.search, arguments);
  for (size_t i = 0; i < arguments->count; i++) {
    char *word = arguments->items[i];
    const char *next = i + 1 < arguments->count ? arguments->items[i + 1] : NULL;
    if (word[0] != '-' || word[1] == '\0') {
      add_input(&command, word, lazy);
      continue;
    }
    int dashes = word[1] == '-' ? 2 : 1;
    const char *option = word + dashes, *value;
    char name[64];
    size_t length = strcspn(option, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), option);

    if (ONE_OF(name, NOT_FINAL) || attached_script(option, dashes))
      foreign = true;
    else if ((value = value_of(option, next, "oformat")) != NULL && dashes == 2)
      foreign |= !starts(value, "elf");
    else if ((dashes == 1 && (value = value_of(option, next, "o")) != NULL) ||
             (value = value_of(option, next, "output")) != NULL)
      command.output = value;
    else if ((value = value_of(option, next, "dependency-file")) != NULL)
      command.dependency_file = value;
    else if (dashes == 1 && (value = value_of(option, next, "l")) != NULL) {
      add_library(&command, library(value, &command.search, archives_only, word));
    } else if ((value = value_of(option, next, "library")) != NULL) {
      add_library(&command, library(value, &command.search, archives_only, word));
    } else if (dashes == 1 && (value = value_of(option, next, "m")) != NULL)
      emulation = value;
    else if (strcmp(option, "start-lib") == 0)
      lazy = true;
    else if (strcmp(option, "end-lib") == 0)
      lazy = false;
    else if (strcmp(option, "Bstatic") == 0 || strcmp(option, "static") == 0 || strcmp(option, "dn") == 0)
      archives_only = true;
    else if (strcmp(option, "Bdynamic") == 0 || strcmp(option, "dy") == 0)
      archives_only = false;

    if (next != NULL && ONE_OF(option, WITH_VALUE)) i++;
  }
  if (command.target.machine == 0 && emulation != NULL) command.target = identify_emulation(emulation);
  command.final = command.final && !foreign && !command.inputs.overflow;
  command.trial = is_trial(command.output);
  return command;
}
