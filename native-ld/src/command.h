/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_COMMAND_H
#define OGRT_LD_COMMAND_H

#include "identify.h"
#include "text.h"

/* What a command line of a linker asks for, as far as stamping needs to know. */
struct command {
  bool final;                   /* it makes a program or shared object of its own layout, of at least one input */
  bool stamped;                 /* a wrapper around this one has added its stamp */
  bool trial;                   /* configure, CMake or Meson only wants to know whether it links */
  const char *output;           /* a.out by default */
  const char *dependency_file;  /* where the linker writes a makefile of its inputs, or NULL */
  struct words inputs;          /* files and -lNAMEs that go into it, in order; libraries found in -L as files */
  struct words search;          /* directories of -L */
  struct identification target; /* class, byte order, machine and flags of the first ELF input; machine 0 if none */
  const char *anchor; /* the argument behind which a stamp is read as an ordinary object, or NULL: at the end */
};

struct command read_command(const struct words *arguments);

#endif
