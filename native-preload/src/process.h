/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "context.h"
#include "datum/objects.h"
#include "send/destination.h"

/*
 * What has to be remembered from the start of the process to its end: written once, before main() runs, and only read
 * afterwards, so neither fork nor threads can tear it. A forked child sees its parent's pid in it and stays silent.
 */
struct process {
  bool reported;
  bool debug;
  uint8_t uuid[UUID_SIZE];
  int32_t process_id;
  struct timestamp started;
  const void *vdso;
  struct load_state loaded;
  struct destination destination;
};

extern struct process process;

/* Gathers, sends and remembers. */
void report_start(struct context *context);

/* Sends the end record if this very process sent the start record. */
void report_end(void);
