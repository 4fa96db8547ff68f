/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a link has left behind. */
#ifndef OGRT_LD_OUTPUTS_H
#define OGRT_LD_OUTPUTS_H

#include <stdbool.h>

#include "command.h"

/*
 * Removes the stamp, which has the temporary path `stamp`, from the --dependency-file of the link: otherwise make
 * would link again every time. Gives it a name in the map.
 */
void clean_outputs(const struct command *command, const char *stamp);

enum outcome {
  OUTCOME_UNKNOWN,   /* the output is not an ELF file that can be read, such as /dev/null */
  OUTCOME_STAMPED,   /* it has the stamp */
  OUTCOME_UNSTAMPED, /* it does not have the stamp */
};

/* Searches the notes of the output for the stamp. */
enum outcome inspect_output(const char *output, const char *uuid);

#endif
