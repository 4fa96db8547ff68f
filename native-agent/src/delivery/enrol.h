/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stddef.h>

/*
 * Makes a token for this node, writes it to a new file that only its owner may read, and prints the line by which a
 * collector knows it. Returns an exit code.
 */
int enrol(const char *path, const char *node);
/* Reads a token. False with a line on stderr, also if others may read the file. */
int read_token(const char *path, char *token, size_t size);
