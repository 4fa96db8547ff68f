/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_RUN_LINKER_H
#define OGRT_LD_RUN_LINKER_H

#include <stdbool.h>

/*
 * Runs the linker as a child, passes signals on to it, and waits for it. `output` is a descriptor for its standard
 * output and error, or -1 for those of this process. Returns false, with errno, if it cannot be started; `status` is
 * that of waitpid(2).
 */
bool run_linker(const char *linker, char **arguments, int output, int *status);

/*
 * Runs the linker again, and prints what it says only if it succeeds now: otherwise it has said that already. Returns
 * whether it has succeeded.
 */
bool retry_linker(const char *linker, char **arguments);

/* Exits with the status or signal of the linker. */
void end_as(int status) __attribute__((noreturn));

#endif
