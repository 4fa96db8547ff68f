/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/file.h"
#include "../base/memory.h"
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"

static const char self[] = "/proc/self/exe";

/* The program of `ld.so [OPTION]... PROGRAM`, where /proc/self/exe is the loader. */
static const char *program_of_loader(const struct context *context) {
  if (!context->auxiliary.started_by_loader || context->arguments == NULL || context->argument_count < 1) return NULL;
  const char *program = context->arguments[0];
  for (const char *at = program; *at != '\0'; at++) {
    if (*at == '/') return program;
  }
  return NULL;
}

/* Writes the target of /proc/self/exe and leaves it NUL-terminated for stat(2). False if the link cannot be read. */
static bool put_link(struct writer *to, const char **target) {
  size_t room;
  uint8_t *start = open_bytes(to, PROCESS_START_BINPATH, &room);
  if (start == NULL) return true;
  const long size = room == 0 ? 0 : system_read_link(self, (char *)start, room - 1);
  if (size <= 0) {
    abandon_bytes(to, start);
    return false;
  }
  /* A full buffer may hold a truncated path. */
  if ((size_t)size == room - 1) to->overflow = true;
  start[size] = '\0';
  *target = (const char *)start;
  close_bytes(to, start, (size_t)size);
  return true;
}

/* Uses the path, which is faster than /proc/self/exe; the latter is for a deleted program or one outside this root. */
static void put_identity(struct writer *to, const char *path, struct scratch *scratch) {
  struct file_identity identity;
  if (OGRT_CONFIG_COMPAT_0_5 || path == NULL || to->overflow) return;
  if (!identify_file(path, &identity, scratch) && !identify_file(self, &identity, scratch)) return;
  put_number(to, PROCESS_START_BINPATH_DEVICE, identity.device);
  put_number(to, PROCESS_START_BINPATH_INODE, identity.inode);
  put_number(to, PROCESS_START_BINPATH_SIZE, identity.size);
}

void put_executable(struct writer *to, struct context *context) {
  const char *target = NULL;
  const char *program = program_of_loader(context);
  if (program == NULL && put_link(to, &target)) {
    put_identity(to, target, &context->scratch);
    return;
  }
  /* Without /proc: the path given to execve(2), which may be relative and may be a symbolic link. */
  if (program == NULL) program = context->auxiliary.executable;
  if (program == NULL) program = "";
  put_path(to, PROCESS_START_BINPATH, context, program, text_length(program));
  put_identity(to, program, &context->scratch);
}
