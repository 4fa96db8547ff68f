/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_SCRIPT_INPUTS_H
#define OGRT_LD_SCRIPT_INPUTS_H

#include "command.h"

/* Whether an input is text with INPUT or GROUP commands, as libc.so is. */
bool is_script(const uint8_t *bytes, size_t size);

/*
 * The files that INPUT, GROUP and AS_NEEDED commands of a linker script name (ld, "File Commands"), as paths; a name as
 * it is if there is no such file.
 */
struct words script_inputs(const struct command *command, const char *script);

#endif
