/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ogrt-ld: a linker wrapper that adds a stamp to each final link. All other command lines, and links that cannot be
 * stamped, go to the linker unchanged. docs/reference/linker-wrapper.md is the manual.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "dependency-file.h"
#include "real-linker.h"
#include "register.h"
#include "response-files.h"
#include "stamp.h"

/* Inserts the stamp after the anchor or at the end; NULL if there is no memory. */
static char **with_stamp(char **arguments, const char *anchor, char *stamp) {
  size_t count = 0, size = 0;
  while (arguments[count] != NULL) count++;
  char **more = malloc((count + 2) * sizeof *more);
  bool added = false;
  for (size_t i = 0; more != NULL && i < count; i++) {
    more[size++] = arguments[i];
    /* Compares pointers: an anchor from a response file is not among the arguments. */
    if (arguments[i] == anchor) more[size++] = stamp, added = true;
  }
  if (more == NULL) return NULL;
  if (!added) more[size++] = stamp;
  more[size] = NULL;
  return more;
}

static void link_stamped(const struct real_linker *real, char **arguments) {
  struct words words = expand_response_files(arguments + 1);
  struct command command = read_command(&words);
  if (!command.final || command.stamped || command.trial) return;

  struct stamp stamp = {0};
  if (!make_stamp(&command, &stamp)) return;
  int fd = open_stamp_file(&stamp);
  if (fd < 0) return;
  char name[40];
  snprintf(name, sizeof name, DESCRIPTOR_FOLDER "%d", fd);
  if (access(name, R_OK) != 0) {
    warn_once("linking %s unstamped: /proc is not mounted", command.output);
    close(fd);
    return;
  }
  char **stamped = with_stamp(arguments, command.anchor, name);
  if (stamped != NULL) {
    register_link(&command, stamp.uuid);
    if (command.dependency_file != NULL)
      link_with_dependency_file(real->path, stamped, name, command.dependency_file);
    else
      execv(real->path, stamped);
  }
  warn_once("linking %s unstamped: %s", command.output, strerror(errno));
  close(fd);
}

int main(int count, char **arguments) {
  if (count < 1) return 127;
  const char *name = base_name(arguments[0]);
  struct real_linker real = find_real_linker(strcmp(name, "ogrt-ld") == 0 ? "ld" : name);
  if (real.path == NULL) {
    warn_once("no %s in PATH except this wrapper; set OGRT_LD_REAL to the linker", name);
    return 127;
  }
  setenv(CHAIN_VARIABLE, real.chain, 1);
  /* Linkers find their own files relative to argv[0]. */
  if (strchr(arguments[0], '/') != NULL || strcmp(name, "ogrt-ld") == 0) arguments[0] = real.path;

  if (!real.stamped && !is_enabled("OGRT_LD_OFF")) link_stamped(&real, arguments);
  execv(real.path, arguments);
  fprintf(stderr, "ogrt-ld: cannot start %s: %s\n", real.path, strerror(errno));
  return errno == ENOENT ? 127 : 126;
}
