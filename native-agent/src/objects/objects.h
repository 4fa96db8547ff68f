/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../base/table.h"
#include "mapped.h"

/*
 * What is mapped, each file once, with what was found in it. A thread opens the files, so that a file system that hangs
 * holds up nothing but stamps, and a child process parses them.
 */
struct object {
  struct link link;
  struct object *older, *newer; /* among those that nobody refers to */
  unsigned references;
  bool in_flight;               /* the thread has it */
  bool has_finding;
  uint64_t checked;             /* EVENT_CLOCK: when the finding was found or confirmed */
  struct mapped_file file;
  struct finding finding;
  size_t path_size;
  char path[];
};

/* Starts the thread. */
bool objects_start(void);

/* The object of a mapping, with a reference; NULL over the limits, which is counted. */
struct object *object_of(const char *path, const struct mapped_file *file);
void object_release(struct object *object);

/*
 * Has an object examined, unless that was done a moment ago. Takes `fd`, an open executable (O_PATH) or -1.
 */
void object_request(struct object *object, const struct mapping *mapping);

/* Takes the results of the thread; called by the main thread in between. */
void objects_collect(void);
/* How many objects are kept. */
size_t objects_count(void);
