/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "file.h"

/*
 * System calls without libc: they leave errno alone, call no interposed wrapper and are no cancellation points. On
 * failure they return a negative errno.
 */

int32_t system_process_id(void);
int32_t system_parent_id(void);
uint32_t system_user_id(void);
uint32_t system_effective_user_id(void);
uint32_t system_group_id(void);
uint32_t system_effective_group_id(void);

long system_working_directory(char *to, size_t size);
long system_read_link(const char *path, char *to, size_t size);
long system_random(void *to, size_t size);

enum { MAX_PATH_BYTES = 4096 };
/* The name is in `scratch`; NULL if it is unknown. */
const char *system_host_name(struct scratch *scratch);

/* Only used to read /proc/self/cmdline. */
long system_open(const char *path);
long system_read(long descriptor, void *to, size_t size);
void system_close(long descriptor);

void system_write(long descriptor, const void *from, size_t size);

/* Whether eight bytes at `address` are readable. Does not fault if they are not. */
bool system_can_read(const void *address);

/* Whether a seccomp filter is in force. */
bool system_has_filter(void);

/* Copies memory of this process with process_vm_readv(2). False if the memory is not readable, or the call refused. */
bool system_copy_own_memory(int32_t process_id, void *to, const void *from, size_t size);

/* Maps anonymous memory; NULL on failure. */
void *system_map(size_t size);
void system_unmap(void *memory, size_t size);

/* A forked child finds zeros in the memory (MADV_WIPEONFORK). False before Linux 4.14. */
bool system_wipe_on_fork(void *memory, size_t size);

long system_socket(int family, int type);
long system_connect(long descriptor, const void *address, size_t size);
long system_send(long descriptor, const void *from, size_t size, int flags, const void *address, size_t address_size);
long system_set_send_timeout(long descriptor, uint32_t microseconds);

/* getrusage(2). */
struct usage {
  uint64_t user_ms, system_ms;
  uint64_t max_resident; /* KiB */
  uint64_t minor_faults, major_faults;
  uint64_t blocks_in, blocks_out;
  uint64_t waits, preemptions; /* voluntary and involuntary context switches */
};

bool system_usage(bool of_children, struct usage *usage);
