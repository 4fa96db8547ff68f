/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/*
 * A list of patterns with colons between them: `*` stands for any bytes, slashes too, `?` for one; a pattern that starts
 * with a slash and has neither is a path prefix, which ends at a component's end. Work is bounded by pattern times text.
 */
bool glob_list_matches(const char *list, const char *text, size_t size);
