/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* What the kernel puts on the stack of a new program: argc, argv, the environment, the auxiliary vector. */
struct initial_stack {
  int argument_count;
  char *const *arguments;   /* NULL if not found */
  char *const *environment; /* NULL if not found; the auxiliary vector follows it */
};

/* The parameters of a constructor: those of main() under glibc, the contents of any registers under musl. */
struct parameters {
  long argument_count;
  char *const *arguments;
  char *const *environment;
};

/*
 * Finds the block from `environment`, the value of environ, which may be a later copy, and from `parameters`. Neither
 * is trusted, and no libc is asked which one it is: the block counts if it has the shape that execve(2) gives it, and
 * only memory between this frame and a text of the environment is read, which is the stack.
 */
void find_initial_stack(char *const *environment, const struct parameters *parameters, struct initial_stack *found);
