/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_REGISTER_H
#define OGRT_LD_REGISTER_H

#include "command.h"

/*
 * Appends a stamped link to the register OGRT_LD_REGISTER, in the format of docs/reference/stamps.md. If that fails, it
 * prints a warning and the link goes on.
 */
void register_link(const struct command *command, const char *uuid);

#endif
