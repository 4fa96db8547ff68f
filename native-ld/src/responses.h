/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_RESPONSES_H
#define OGRT_LD_RESPONSES_H

#include "text.h"

/*
 * The arguments with every @FILE replaced by the words in it, as the linkers read them (libiberty, "expandargv"). The
 * linker gets the arguments as they were: this is for knowing what kind of link it is.
 */
struct words expand_responses(char **arguments);

#endif
