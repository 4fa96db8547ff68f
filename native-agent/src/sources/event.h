/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct capture;

enum event_type { EVENT_FORK, EVENT_EXEC, EVENT_MAPPING, EVENT_EXIT };

/* The longest build-id that the kernel reads; files may have longer ones. */
enum { KERNEL_BUILD_ID_BYTES = 20 };

/* What the kernel says of a mapping; build-id and device are one union in its record, so one of both may be missing. */
struct mapped_file {
  uint64_t inode, generation;
  uint32_t major, minor;
  bool has_inode;
  uint8_t build_id_size; /* 0: not read by the kernel */
  uint8_t build_id[KERNEL_BUILD_ID_BYTES];
};

struct event {
  uint64_t time; /* EVENT_CLOCK */
  enum event_type type;
  uint32_t pid, tid;
  uint32_t parent_pid;      /* of EVENT_FORK; equal to pid for a new thread */
  uint64_t address, size;   /* of EVENT_MAPPING */
  struct mapped_file file;  /* of EVENT_MAPPING */
  struct capture *capture;  /* of EVENT_EXEC; NULL without memory */
  char name[];              /* path of EVENT_MAPPING, comm of EVENT_EXEC */
};

/* `name` of at most `size` bytes is copied. NULL without memory, which is counted. */
struct event *event_new(enum event_type type, const char *name, size_t size);
void event_free(struct event *event);
