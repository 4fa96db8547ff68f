/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_COMMAND_H
#define OGRT_LD_COMMAND_H

#include "identify.h"
#include "util.h"

/* The parts of a linker command line that matter for stamping. */
struct command {
  bool final;                   /* links at least one input into a program or shared object, with the default layout */
  bool stamped;                 /* an outer wrapper has added its stamp */
  bool trial;                   /* configure, CMake or Meson only tests whether it links */
  const char *output;           /* a.out by default */
  const char *dependency_file;  /* of --dependency-file, or NULL */
  const char *map;              /* of -Map, or NULL */
  struct words reports;         /* other texts in which the linker names its inputs: of --print-symbol-counts of gold and
                                   --time-trace of lld */
  struct words inputs;          /* input files in order; -lNAME if no -L directory has the library; libraries may miss
                                   unless a setting needs all */
  struct words search;          /* -L directories */
  const char *sysroot;          /* of --sysroot, or "" */
  struct identification target; /* of the first ELF input; machine 0 without one */
  const char *anchor;           /* the first object, after which the stamp goes; NULL without objects */
  bool open_ended;              /* an object at the end of the line would be lazy, or raw data */
};

/* Adds the directories of -L, in order. Returns the sysroot, or "". */
const char *collect_search(struct words *search, const struct words *arguments);
/* Searches each directory for a shared library, then for an archive, as linkers do; returns `option` if none has it. */
char *find_library(const char *name, const struct words *search, bool archives_only, char *option);

struct command read_command(const struct words *arguments);

#endif
