/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_IDENTITY_H
#define OGRT_LD_IDENTITY_H

#include "command.h"

/*
 * The UUID of a link, as 36 characters and NUL: OGRT_LD_UUID, or with OGRT_LD_DETERMINISTIC one derived from the
 * contents of the inputs, or a random one. False with a complaint. `template` is the object without a UUID.
 */
bool choose_uuid(const struct command *command, const uint8_t *template, size_t size, char *text);

#endif
