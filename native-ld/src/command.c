/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stamp.h"

/* More than a compiler nests. */
#define MAX_PUSHED_STATES 64

/*
 * Options of any linker whose value is the next word. If one is missing here, its value is taken for an input. Not
 * --threads and --directory, which are values of one linker and switches of another.
 */
static const char *const WITH_VALUE[] = {
    "A", "a", "architecture", "assert", "audit", "b", "base-file", "base_file", "build-id-chunk-size-for-treehash",
    "build-id-min-file-size-for-treehash", "c", "P", "depaudit", "defsym", "default-script", "dT", "dynamic-linker",
    "dynamic-list", "e", "entry", "exclude-libs", "exclude-modules-for-implib", "exclude-symbols", "f", "auxiliary",
    "F", "filter", "fini", "format", "fuse-ld", "G", "gpsize", "h", "soname", "I", "init", "just-symbols", "R", "m",
    "Map", "mri-script", "plugin", "plugin-opt", "rpath", "rpath-link", "retain-symbols-file", "section-start",
    "sort-section", "sysroot", "Tbss", "Tdata", "Ttext", "Ttext-segment", "Tldata-segment", "Trodata-segment", "u",
    "undefined", "undefined-glob", "unresolved-symbols", "version-script", "version-exports-section", "wrap", "y",
    "trace-symbol", "Y", "z", "export-dynamic-symbol", "export-dynamic-symbol-list", "library-path", "L",
    "dependency-file", "out-implib", "package-metadata", "thread-count", "thread-count-initial",
    "thread-count-middle", "thread-count-final", "require-defined", "ignore-unresolved-symbol", "chroot", "mllvm",
    "o", "output", "oformat", "O", "optimize", "l", "library", "T", "script", "hash-style", "hash-size",
    "compress-debug-sections", "error-handling-script", "error-limit", "image-base", "orphan-handling",
    "spare-dynamic-tags", "task-link", "section-ordering-file", "symbol-ordering-file", "call-graph-ordering-file",
    "keep-unique", "icf", "icf-iterations", "hash-bucket-empty-fraction", "incremental-base", "incremental-patch",
    "print-symbol-counts", "print-symbol-order", "print-archive-stats", "why-extract", "warn-backrefs-exclude",
    "rosegment-gap", "split-stack-adjust-size", "stub-group-size", "target2", "power10-stubs", "reproduce",
    "rsp-quoting", "shuffle-sections", "time-trace-file", "time-trace-granularity", "thinlto-cache-dir",
    "thinlto-cache-policy", "thinlto-jobs", "thinlto-single-module", "lto-aa-pipeline", "lto-basic-block-sections",
    "lto-cs-profile-file", "lto-newpm-passes", "lto-partitions", "lto-sample-profile", "opt-remarks-filename",
    "opt-remarks-format", "opt-remarks-hotness-threshold", "opt-remarks-passes", "pack-dyn-relocs", "max-cache-size",
    "remap-inputs", "remap-inputs-file",
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

char *find_library(const char *name, const struct words *search, bool archives_only, char *option) {
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

/* How the linker reads the inputs at a place of the command line. */
struct reading {
  bool lazy;          /* between --start-lib and --end-lib, where only objects that are needed are linked */
  bool raw;           /* after `-b binary`: the bytes of a file become data */
  bool archives_only; /* after -Bstatic */
  bool all;           /* for the register or a reproducible UUID: which files the link reads */
};

static void add_input(struct command *command, char *word, const struct reading *reading) {
  words_add(&command->inputs, word);
  /* Of a thousand objects, only the first says something new. */
  bool enough = command->anchor != NULL && command->target.machine != 0 && !is_stamp_name(word);
  if (reading->raw || enough) return;
  struct identification found = identify(word);
  if (found.kind == KIND_NONE) return;
  command->final = true;
  if (found.kind == KIND_OBJECT && is_stamp_name(word)) command->stamped = true;
  if (found.machine != 0 && command->target.machine == 0) command->target = found;
  if (found.kind == KIND_OBJECT && !reading->lazy && command->anchor == NULL) command->anchor = word;
}

static void add_library(struct command *command, const char *name, char *word, const struct reading *reading) {
  command->final = true;
  if (!reading->all && command->target.machine != 0) return;
  word = find_library(name, &command->search, reading->archives_only, word);
  words_add(&command->inputs, word);
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

/* `=DIRECTORY` and `$SYSROOT/DIRECTORY` are below the sysroot. */
static char *below_sysroot(const char *directory, const char *sysroot) {
  size_t marker = directory[0] == '=' ? 1 : has_prefix(directory, "$SYSROOT") ? strlen("$SYSROOT") : 0;
  char *path;
  if (marker == 0 || asprintf(&path, "%s%s", sysroot, directory + marker) < 0) return (char *)directory;
  return path;
}

const char *collect_search(struct words *search, const struct words *arguments) {
  const char *sysroot = "", *value;
  for (size_t i = 0; i < arguments->count; i++) {
    const char *word = arguments->items[i];
    if (has_prefix(word, "--sysroot") && (value = value_of(word + 2, word_after(arguments, i), "sysroot")) != NULL)
      sysroot = value;
  }
  /* Every -L applies to every -l, even to earlier ones. */
  for (size_t i = 0; i < arguments->count; i++) {
    const char *word = arguments->items[i], *next = word_after(arguments, i);
    value = NULL;
    if (word[0] == '-' && word[1] == 'L')
      value = value_of(word + 1, next, "L");
    else if (has_prefix(word, "--library-path"))
      value = value_of(word + 2, next, "library-path");
    if (value != NULL) words_add(search, below_sysroot(value, sysroot));
  }
  return sysroot;
}

/* Follows an option that changes how later inputs are read. `stack` is for --push-state. */
static void follow_state(struct reading *reading, bool *stack, size_t *depth, const char *option, const char *next,
                         int dashes) {
  static const char *const STATIC[] = {"Bstatic", "static", "dn", "non_shared"};
  static const char *const DYNAMIC[] = {"Bdynamic", "dy", "call_shared"};
  const char *value = value_of(option, next, "format");
  if (value == NULL && dashes == 1) value = value_of(option, next, "b");
  if (value != NULL && (dashes == 2 || !has_prefix(option, "build"))) {
    reading->raw = !has_prefix(value, "elf") && strcmp(value, "default") != 0;
  } else if (strcmp(option, "start-lib") == 0) {
    reading->lazy = true;
  } else if (strcmp(option, "end-lib") == 0) {
    reading->lazy = false;
  } else if (CONTAINS(STATIC, option)) {
    reading->archives_only = true;
  } else if (CONTAINS(DYNAMIC, option)) {
    reading->archives_only = false;
  } else if (strcmp(option, "push-state") == 0 && *depth < MAX_PUSHED_STATES) {
    stack[(*depth)++] = reading->archives_only;
  } else if (strcmp(option, "pop-state") == 0 && *depth > 0) {
    reading->archives_only = stack[--*depth];
  }
}

/* Whether the linker does not make a program or shared object, or lays it out by a script. */
static bool is_not_final(const char *option, const char *name, const char *next, int dashes) {
  if (CONTAINS(NOT_FINAL, name) || is_attached_script(option, dashes)) return true;
  const char *value = dashes == 2 ? value_of(option, next, "oformat") : NULL;
  if (value != NULL) return !has_prefix(value, "elf");
  /* Of lld and the LLVM plugin: the output is code of the compiler. */
  value = value_of(option, next, "plugin-opt");
  return (value != NULL && (has_prefix(value, "emit-") || has_prefix(value, "thinlto-index-only"))) ||
         has_prefix(option, "lto-emit-") || has_prefix(option, "thinlto-index-only");
}

static void read_option(struct command *command, char *word, const char *next, const struct reading *reading) {
  int dashes = word[1] == '-' ? 2 : 1;
  const char *option = word + dashes, *value;
  if ((dashes == 1 && (value = value_of(option, next, "o")) != NULL) ||
      (value = value_of(option, next, "output")) != NULL)
    command->output = value;
  else if ((value = value_of(option, next, "dependency-file")) != NULL)
    command->dependency_file = value;
  else if ((value = value_of(option, next, "Map")) != NULL)
    command->map = value;
  else if ((value = value_of(option, next, "print-symbol-counts")) != NULL ||
           (value = value_of(option, next, "time-trace-file")) != NULL)
    words_add(&command->reports, (char *)value);
  else if (has_prefix(option, "time-trace") && (option[10] == '=' || option[10] == '\0'))
    words_add(&command->reports, word + strcspn(word, "=") + (strchr(word, '=') != NULL));
  else if ((dashes == 1 && (value = value_of(option, next, "l")) != NULL) ||
           (value = value_of(option, next, "library")) != NULL)
    add_library(command, value, word, reading);
}

struct command read_command(const struct words *arguments) {
  struct command command = {.output = "a.out"};
  struct reading reading = {.all = setting("OGRT_LD_REGISTER") != NULL || is_enabled("OGRT_LD_DETERMINISTIC")};
  const char *emulation = NULL;
  bool not_final = arguments->overflow, pushed[MAX_PUSHED_STATES];
  size_t depth = 0;
  command.sysroot = collect_search(&command.search, arguments);
  for (size_t i = 0; i < arguments->count; i++) {
    char *word = arguments->items[i];
    const char *next = word_after(arguments, i);
    if (word[0] != '-' || word[1] == '\0') {
      add_input(&command, word, &reading);
      continue;
    }
    int dashes = word[1] == '-' ? 2 : 1;
    const char *option = word + dashes;
    char name[64];
    size_t length = strcspn(option, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1), option);

    if (is_not_final(option, name, next, dashes)) not_final = true;
    follow_state(&reading, pushed, &depth, option, next, dashes);
    read_option(&command, word, next, &reading);
    const char *value = dashes == 1 ? value_of(option, next, "m") : NULL;
    if (value != NULL) emulation = value;
    if (next != NULL && CONTAINS(WITH_VALUE, option)) i++;
  }
  if (command.target.machine == 0 && emulation != NULL) command.target = identify_emulation(emulation);
  /* `--time-trace` without a name of its own. */
  char *trace;
  if (command.reports.count > 0 && asprintf(&trace, "%s.time-trace", command.output) >= 0)
    words_add(&command.reports, trace);
  command.open_ended = reading.lazy || reading.raw;
  command.final = command.final && !not_final && !command.inputs.overflow;
  command.trial = is_trial(command.output);
  return command;
}
