/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "context.h"
#include "datum/objects.h"
#include "send/destination.h"

/*
 * State kept from the start of the process to its end. It is written once, before main(), and only read afterwards,
 * so forks and threads never see it half-written. A forked child finds the pid of its parent here and stays silent.
 */
struct process {
  bool reported;
  bool debug;
  uint8_t uuid[UUID_BYTES];
  int32_t process_id;
  struct timestamp started;
  const void *vdso;
  struct load_state loaded;
  struct destination destination;
};

extern struct process process;

/* Sends the start record and keeps what the end record needs. */
void report_start(struct context *context);

/* Sends the end record if this process, and not its parent, sent the start record. */
void report_end(void);
