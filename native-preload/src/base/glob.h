/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/*
 * Whether any pattern of a colon-separated list matches. `*` matches any bytes including slashes, `?` one byte. A
 * pattern that starts with a slash and has no wildcard matches that path and everything below it. The time is at most
 * proportional to pattern length times text length.
 */
bool glob_list_matches(const char *list, const char *text, size_t size);
