/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_UUID_H
#define OGRT_LD_UUID_H

#include "command.h"

/*
 * Chooses the UUID of a link, as 36 characters and NUL: OGRT_LD_UUID; with OGRT_LD_DETERMINISTIC, one derived from
 * the contents of the inputs; or a random one. Prints a warning on failure. `template` is the stamp object without a
 * UUID.
 */
bool choose_uuid(const struct command *command, const uint8_t *template, size_t size, char *text);

#endif
