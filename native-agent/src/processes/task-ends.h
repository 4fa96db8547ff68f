/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../sources/taskstats.h"

/* What taskstats has told of threads whose EVENT_EXIT has not been handled. */
void task_ends_add(const struct task_end *end);
/* Takes the oldest of a thread; false if that thread has no end here. */
bool task_ends_take(uint32_t tid, struct task_end *end);
/* Drops those of a thread that came before its number was given out anew. */
void task_ends_forget(uint32_t tid, uint64_t before);
/* Drops those that nobody has asked for in a long time: their exits were lost. */
void task_ends_expire(uint64_t now);
