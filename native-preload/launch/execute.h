/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LAUNCH_EXECUTE_H
#define OGRT_LAUNCH_EXECUTE_H

/* Exit statuses of a shell for a command that cannot be started (POSIX XCU 2.8.2). */
enum { CANNOT_EXECUTE = 126, NOT_FOUND = 127 };

/* Prints `ogrt-run: WHAT: WHY` and exits. */
void fail(int status, const char *what, const char *why) __attribute__((noreturn));

/* Becomes the command, or fails as a shell does. */
void execute(char **command, char **environment) __attribute__((noreturn));

#endif
