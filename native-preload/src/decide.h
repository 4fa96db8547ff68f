/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "base/system.h"
#include "context.h"
#include "send/destination.h"

/*
 * Whether to report this process, and where to. The OGRT_* variables override the compiled settings unless the
 * library was built with LOCK=1. `path` is working memory.
 */
bool should_report(struct context *context, char path[MAX_PATH_BYTES], struct destination *destination);

/* Whether a sample of one job in `one_in` includes this job. */
bool is_in_sample(const char *job, uint32_t one_in);
