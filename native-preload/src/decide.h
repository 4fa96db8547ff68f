/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "context.h"
#include "send/destination.h"

/*
 * Whether this process is reported, and where to. The site's settings stand first; the variables of the same names
 * replace them unless the library was built with LOCK=1.
 */
bool decide(const struct context *context, struct destination *destination);

/* Whether one job in `one_in` includes this one. */
bool is_in_sample(const char *job, uint32_t one_in);
