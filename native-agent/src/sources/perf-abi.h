/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdint.h>
#include <sys/ioctl.h>

/*
 * perf_event_open(2), as far as it is used here. The headers of the machine that compiles may be older than the kernel
 * that runs the agent, so its constants are written down.
 */
enum { PERF_TYPE_SOFTWARE = 1, PERF_COUNT_SW_DUMMY = 9, PERF_FLAG_FD_CLOEXEC = 1 << 3 };

/* struct perf_event_attr up to its fifth version, which every kernel since 4.1 knows. */
struct perf_attributes {
  uint32_t type, size;
  uint64_t config, sample_period, sample_type, read_format, flags;
  uint32_t wakeup_watermark, breakpoint_type;
  uint64_t config1, config2, branch_sample_type, sample_regs_user;
  uint32_t sample_stack_user;
  int32_t clock_id;
  uint64_t sample_regs_interrupt;
  uint32_t aux_watermark;
  uint16_t max_stack, reserved;
};
_Static_assert(sizeof(struct perf_attributes) == 112, "PERF_ATTR_SIZE_VER5");

/* Bits of `flags`. */
#define PERF_ATTR_MMAP (UINT64_C(1) << 8)
#define PERF_ATTR_COMM (UINT64_C(1) << 9)
#define PERF_ATTR_TASK (UINT64_C(1) << 13)
#define PERF_ATTR_WATERMARK (UINT64_C(1) << 14)
#define PERF_ATTR_SAMPLE_ID_ALL (UINT64_C(1) << 18)
#define PERF_ATTR_MMAP2 (UINT64_C(1) << 23)
#define PERF_ATTR_COMM_EXEC (UINT64_C(1) << 24)
#define PERF_ATTR_USE_CLOCK_ID (UINT64_C(1) << 25)
#define PERF_ATTR_BUILD_ID (UINT64_C(1) << 34) /* Linux 5.12 */

enum {
  PERF_SAMPLE_TID = 1 << 1,
  PERF_SAMPLE_TIME = 1 << 2,
  PERF_SAMPLE_IDENTIFIER = 1 << 16,
  PERF_FORMAT_LOST = 1 << 4, /* Linux 6.0 */
};

enum { PERF_RECORD_LOST = 2, PERF_RECORD_COMM = 3, PERF_RECORD_EXIT = 4, PERF_RECORD_FORK = 7, PERF_RECORD_MMAP2 = 10 };
enum { PERF_RECORD_MISC_COMM_EXEC = 1 << 13, PERF_RECORD_MISC_MMAP_BUILD_ID = 1 << 14 };

struct perf_header {
  uint32_t type;
  uint16_t misc, size;
};

#define PERF_IOCTL_SET_OUTPUT _IO('$', 5)
#define PERF_IOCTL_ID _IOR('$', 7, uint64_t *)

/* The end of every record but samples, for PERF_SAMPLE_TID, _TIME and _IDENTIFIER. */
struct perf_trailer {
  uint32_t pid, tid;
  uint64_t time, event_id;
};

struct perf_task_record { /* FORK, EXIT */
  struct perf_header header;
  uint32_t pid, parent_pid, tid, parent_tid;
  uint64_t time;
};
struct perf_comm_record {
  struct perf_header header;
  uint32_t pid, tid;
  char comm[];
};
struct perf_lost_record {
  struct perf_header header;
  uint64_t id, lost;
};
struct perf_mmap2_record {
  struct perf_header header;
  uint32_t pid, tid;
  uint64_t address, length, page_offset;
  union {
    struct {
      uint32_t major, minor;
      uint64_t inode, generation;
    };
    struct {
      uint8_t build_id_size, reserved[3], build_id[20];
    };
  };
  uint32_t protection, flags;
  char path[];
};

/* The page before the data of a ring; see <linux/perf_event.h> for what is left out. */
struct perf_ring_page {
  uint8_t unused[1024];
  uint64_t head, tail, data_offset, data_size;
};
