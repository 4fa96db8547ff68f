/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_REGISTER_H
#define OGRT_LD_REGISTER_H

#include "command.h"

/*
 * Appends a line about a stamped link to the register of OGRT_LD_REGISTER, in the format of docs/reference/stamps.md. A register
 * that can't be written is complained about; the link is stamped all the same.
 */
void register_link(const struct command *command, const char *uuid);

#endif
