/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/file.h"
#include "../base/hexadecimal.h"
#include "../base/memory.h"
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"
#include "objects.h"

static const char self[] = "/proc/self/exe";

/*
 * The link of the kernel to the file of the program of `ld.so [OPTION]... PROGRAM`, where /proc/self/exe is the loader
 * and the arguments may hold any name: by the addresses of its first segment.
 */
COLD static const char *link_of_program(struct context *context) {
  struct dl_phdr_info program = {0};
  if (!find_executable(&context->auxiliary, &program)) return NULL;
  const ElfW(Phdr) *segment = program.dlpi_phdr;
  const ElfW(Phdr) *const end = segment + program.dlpi_phnum;
  while (segment != end && segment->p_type != PT_LOAD) segment++;
  if (segment == end) return NULL;
  const ElfW(Addr) mask = context->auxiliary.page_size - 1, first = program.dlpi_addr + segment->p_vaddr;
  static const char folder[] = "/proc/self/map_files/";
  char *at = (char *)&context->scratch;
  memcpy(at, folder, sizeof folder);
  at = write_hexadecimal(at + sizeof folder - 1, first & ~mask);
  *at++ = '-';
  at = write_hexadecimal(at, (first + segment->p_filesz + mask) & ~mask);
  *at = '\0';
  return (const char *)&context->scratch;
}

/* The same program as the arguments have it: the loader looks for a name without a slash, so that is no path. */
COLD static const char *program_of_arguments(const struct context *context) {
  if (context->stack.arguments == NULL || context->stack.argument_count < 1) return NULL;
  const char *program = context->stack.arguments[0];
  for (const char *at = program; *at != '\0'; at++) {
    if (*at == '/') return program;
  }
  return NULL;
}

/* Writes the target of a link and leaves it NUL-terminated for stat(2). False if the link cannot be read. */
static bool put_link(struct writer *to, const char *link, const char **target) {
  size_t room;
  uint8_t *start = open_bytes(to, PROCESS_START_BINPATH, &room);
  if (start == NULL) return true;
  const long size = room == 0 ? 0 : system_read_link(link, (char *)start, room - 1);
  if (size <= 0) {
    abandon_bytes(to, start);
    return false;
  }
  start[size] = '\0';
  /* A full buffer may hold a truncated path. */
  if ((size_t)size == room - 1) to->skipped++;
  else *target = (const char *)start;
  close_bytes(to, start, (size_t)size);
  return true;
}

/* Uses the path, which is faster than /proc/self/exe; the latter is for a deleted program or one outside this root. */
static void put_identity(struct writer *to, const char *path, struct scratch *scratch) {
  struct file_identity identity;
  if (OGRT_CONFIG_COMPAT_0_5 || path == NULL) return;
  if (!identify_file(path, &identity, scratch) && !identify_file(self, &identity, scratch)) return;
  put_number(to, PROCESS_START_BINPATH_DEVICE, identity.device);
  put_number(to, PROCESS_START_BINPATH_INODE, identity.inode);
  put_number(to, PROCESS_START_BINPATH_SIZE, identity.size);
}

const char *executable_link(struct context *context) {
  return context->auxiliary.started_by_loader ? link_of_program(context) : self;
}

void put_executable(struct writer *to, struct context *context) {
  const char *target = NULL;
  const char *program = context->auxiliary.started_by_loader ? program_of_arguments(context) : NULL;
  const char *link = executable_link(context);
  if (link != NULL && put_link(to, link, &target)) {
    put_identity(to, target, &context->scratch);
    return;
  }
  /* Without /proc: the path given to execve(2), which may be relative and may be a symbolic link. */
  if (program == NULL) program = context->auxiliary.executable;
  if (program == NULL) program = "";
  put_path(to, PROCESS_START_BINPATH, context, program, text_length(program));
  put_identity(to, program, &context->scratch);
}
