/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "base/auxiliary.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/initial_stack.h"
#include "datum/variables.h"

enum { UUID_BYTES = 16 };

/* Inputs of the start record, in the workspace. */
struct context {
  struct initial_stack stack; /* its arguments are NULL if unknown */
  char *const *environment;
  struct auxiliary auxiliary;
  bool debug;
  struct variables variables;
  struct timestamp now;
  int32_t process_id;
  int32_t parent_id;
  uint8_t uuid[UUID_BYTES];
  /* Points into the frame being written; set by put_working_directory. */
  const uint8_t *working_directory;
  unsigned working_directory_size;
  struct scratch scratch;
};
