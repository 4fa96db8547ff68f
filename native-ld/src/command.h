/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_COMMAND_H
#define OGRT_LD_COMMAND_H

#include "identify.h"
#include "util.h"

/* The linker opens a stamp by this name and its descriptor. */
#define DESCRIPTOR_FOLDER "/proc/self/fd/"

/* The parts of a linker command line that matter for stamping. */
struct command {
  bool final;                   /* links at least one input into a program or shared object, with the default layout */
  bool stamped;                 /* an outer wrapper has added its stamp */
  bool trial;                   /* configure, CMake or Meson only tests whether it links */
  const char *output;           /* a.out by default */
  const char *dependency_file;  /* of --dependency-file, or NULL */
  struct words inputs;          /* input files in order; -lNAME only if no -L directory has the library */
  struct words search;          /* -L directories */
  struct identification target; /* of the first ELF input; machine 0 if there is none */
  const char *anchor;           /* the first object, after which the stamp goes; NULL: at the end */
};

struct command read_command(const struct words *arguments);

#endif
