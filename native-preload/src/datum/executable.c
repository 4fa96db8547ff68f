/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/file.h"
#include "../base/memory.h"
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"

static const char self[] = "/proc/self/exe";

/* The program that the loader was told to run: `ld.so [options] PROGRAM`. /proc knows only the loader. */
static const char *loaders_program(const struct context *context) {
  if (!context->auxiliary.loader_was_started || context->arguments == NULL || context->argument_count < 1) return NULL;
  const char *program = context->arguments[0];
  for (const char *at = program; *at != '\0'; at++) {
    if (*at == '/') return program;
  }
  return NULL;
}

/* True when the link's target was written; it is left NUL-terminated for stat(2). */
static bool put_link(struct writer *to, const char **target) {
  size_t room;
  uint8_t *start = open_bytes(to, PROCESS_START_BINPATH, &room);
  if (start == NULL) return true;
  const long size = room == 0 ? 0 : system_read_link(self, (char *)start, room - 1);
  if (size <= 0) {
    abandon_bytes(to, start);
    return false;
  }
  /* A full buffer may be a cut path. */
  if ((size_t)size == room - 1) to->overflow = true;
  start[size] = '\0';
  *target = (const char *)start;
  close_bytes(to, start, (size_t)size);
  return true;
}

/* By its path, which is quicker than through /proc; a deleted program, or one outside this root, through /proc. */
static void put_identity(struct writer *to, const char *path) {
  struct file_identity identity;
  if (OGRT_CONFIG_COMPAT_0_5 || path == NULL || to->overflow) return;
  if (!identify_file(path, &identity) && !identify_file(self, &identity)) return;
  put_number(to, PROCESS_START_BINPATH_DEVICE, identity.device);
  put_number(to, PROCESS_START_BINPATH_INODE, identity.inode);
  put_number(to, PROCESS_START_BINPATH_SIZE, identity.size);
}

void put_executable(struct writer *to, const struct context *context) {
  const char *target = NULL;
  const char *program = loaders_program(context);
  if (program == NULL && put_link(to, &target)) {
    put_identity(to, target);
    return;
  }
  /* Without /proc: the path given to execve(2), which may be relative and may be a symbolic link. */
  if (program == NULL) program = context->auxiliary.executable;
  if (program == NULL) program = "";
  put_path(to, PROCESS_START_BINPATH, context, program, text_length(program));
  put_identity(to, program);
}
