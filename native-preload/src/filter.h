/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>

#include "elf/loader_list.h"

/*
 * Whether the program may have set a seccomp filter since the start: it uses libseccomp, or the executable itself has
 * called prctl(2) or may have. Such a filter may kill the process for any system call that the program does without,
 * also for the one that would tell whether there is a filter, so this makes none.
 */
bool may_have_set_filter(const struct loader_snapshot *snapshot);
