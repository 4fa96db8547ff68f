/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "base/auxiliary.h"
#include "base/clock.h"
#include "datum/variables.h"

enum { UUID_SIZE = 16 };

/* What is known of this process before its record is written. Lives on the constructor's stack. */
struct context {
  int argument_count;
  char *const *arguments; /* NULL under musl, which hands constructors nothing */
  char *const *environment;
  struct auxiliary auxiliary;
  bool debug;
  struct variables variables;
  struct timestamp now;
  int32_t process_id;
  int32_t parent_id;
  uint8_t uuid[UUID_SIZE];
  /* Points into the frame that is being written, once put_working_directory has been there. */
  const uint8_t *working_directory;
  unsigned working_directory_size;
};
