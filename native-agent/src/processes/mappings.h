/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../sources/event.h"

/*
 * A record of perf holds either the build-id of a mapping or its device and inode, so two events tell of each mapping.
 * Their records are microseconds apart, but other threads may write in between.
 */
void mappings_init(void (*apply)(const struct event *event), bool has_two_records);
/* Owns the event. */
void mappings_add(struct event *event);
/* Applies mappings whose second record has not come: of a process that goes on to something else, or as time passes. */
void mappings_apply_of(uint32_t pid);
void mappings_apply_older(uint64_t now);
