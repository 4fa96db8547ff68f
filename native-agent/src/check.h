/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>

/* Prints what this kernel offers and what would be missing. Returns 0 if the agent can run and see all, else 1. */
int run_check(bool as_json);
