/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>

#include "sources/perf.h"

/* The first line: who speaks, and what this kernel lets it see. False when nobody reads. */
bool print_greeting(const struct perf *perf, bool has_taskstats);
/* Sign of life, with everything that was lost since the start, by reason. */
bool print_heartbeat(const char *type);
