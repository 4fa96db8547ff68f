/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "base/initial_stack.h"
#include "base/system.h"
#include "context.h"
#include "datum/objects.h"
#include "record.h"
#include "send/destination.h"
#include "wire/frame.h"

/*
 * State kept from the start of the process to its end. It is written once, before main(), and only read afterwards
 * (except `ended`), so threads never see it half-written. A fork finds zeros.
 */
struct process {
  bool reported;
  bool wiped_on_fork; /* else the pid tells a fork from this process */
  bool debug;
  int32_t ended; /* taken by the thread that sends the end record */
  uint8_t uuid[UUID_BYTES];
  int32_t process_id;
  struct timestamp started;
  uint64_t unloaded; /* objects that the loader had unloaded */
  struct destination destination;
};

/*
 * The memory of the library, mapped at the start and kept. exit(3) may run on an alternate signal stack or on the
 * smallest stack of a thread, so whatever is large is here, and the library needs at most 1 KB of the stack.
 */
enum { COPIES_BYTES = 1 << 17 };

struct workspace {
  struct process process;
  struct context context;
  struct record record;
  struct channel channel;
  struct writer payload;
  struct object_walk walk;
  struct object_facts facts; /* of the object that is being written */
  struct loader_snapshot snapshot;
  union {
    uint8_t frame[LARGE_FRAME_BYTES + MAX_OBJECT_BYTES];
    char path[MAX_PATH_BYTES]; /* before a frame is written */
  };
  uint8_t copies[COPIES_BYTES] __attribute__((aligned(16))); /* of the object that is being written */
};

/* NULL unless the process is being reported. */
extern struct workspace *workspace;

/* Sends the start record and keeps what the end record needs. */
void report_start(char *const *environment, const struct parameters *parameters, bool debug);

/* Sends the end record if this process, and not its parent, sent the start record. */
void report_end(void);
