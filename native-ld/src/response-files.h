/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_RESPONSE_FILES_H
#define OGRT_LD_RESPONSE_FILES_H

#include "util.h"

/*
 * Replaces each @FILE by the words in it, as linkers do (libiberty, "expandargv"). The result only serves to analyze
 * the link; the linker gets the original arguments.
 */
struct words expand_response_files(char **arguments);

#endif
