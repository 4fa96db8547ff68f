/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_COMPILER_H
#define OGRT_LD_COMPILER_H

#include "util.h"

/*
 * Where the compiler that has started this process searches for its linker. gcc says so in COMPILER_PATH, so this is
 * about clang and the compilers made of it: Driver::GetProgramPath of clang/lib/Driver/Driver.cpp.
 */
struct compiler {
  bool searches_itself;   /* of the family of clang */
  char *triple;           /* of --target or of its name, or NULL: it prefers TRIPLE-ld to ld */
  struct words prefixes;  /* of -B */
  struct words folders;   /* beside it, as called and as it is */
};

struct compiler read_calling_compiler(void);

#endif
