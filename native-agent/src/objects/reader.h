/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

#include "../elf/elf-file.h"

/*
 * A child process that parses files: it has no privilege and a filter that leaves it read(2) and the like, and it is
 * killed when a file takes too long. It gets descriptors and returns what it has found.
 */
struct reader {
  pid_t pid; /* 0: not running */
  int socket;
};

/* Parses an open file. ELF_UNREADABLE if the child was killed or has died. */
enum elf_result reader_read(struct reader *reader, int fd, struct notes *notes);
void reader_stop(struct reader *reader);
