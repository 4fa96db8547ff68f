/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "initial_stack.h"

#include <stddef.h>

#include "memory.h"

static bool is_between(const void *at, uintptr_t low, uintptr_t high) {
  const uintptr_t address = (uintptr_t)at;
  return address % sizeof(void *) == 0 && address > low && address < high;
}

/* An upper bound of what surely is stack: the texts of the environment lie above the block. */
static uintptr_t highest_text(char *const *environment) {
  uintptr_t high = 0;
  for (; *environment != NULL; environment++) {
    if ((uintptr_t)*environment > high) high = (uintptr_t)*environment;
  }
  return high;
}

/* Walks down from the environment over the NULL and the arguments to argc, which equals the number of arguments. */
static struct initial_stack block_below(char *const *environment, uintptr_t low) {
  const struct initial_stack none = {0, NULL, NULL};
  char *const *at = environment - 1;
  if (!is_between(at, low, UINTPTR_MAX) || *at != NULL) return none;
  for (uintptr_t count = 0; is_between(--at, low, UINTPTR_MAX); count++) {
    if ((uintptr_t)*at == count) return (struct initial_stack){(int)count, at + 1, environment};
    if (*at == NULL) return none;
  }
  return none;
}

OWN_FRAME void find_initial_stack(char *const *environment, const struct parameters *parameters,
                                  struct initial_stack *found) {
  const uintptr_t low = (uintptr_t)__builtin_frame_address(0);
  const uintptr_t high = highest_text(environment);
  struct initial_stack block = {0, NULL, NULL};
  if (is_between(environment, low, high)) block = block_below(environment, low);
  /* A constructor that ran earlier may have set a variable, which moves environ to the heap. */
  if (block.environment == NULL && is_between(parameters->environment, low, high)) {
    block = block_below(parameters->environment, low);
  }
  /* glibc before 2.36 leaves its own arguments in the block of `ld.so PROGRAM` and passes the others. */
  const long count = parameters->argument_count;
  if (block.environment != NULL && parameters->environment == block.environment && count >= 0 &&
      count <= block.argument_count && parameters->arguments + count + 1 == block.environment) {
    block.arguments = parameters->arguments;
    block.argument_count = (int)count;
  }
  *found = block;
}
