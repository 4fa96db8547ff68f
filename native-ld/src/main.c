/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ogrt-ld: stands in front of a linker and adds a stamp to each final link. Whatever else is asked of the linker, and
 * every link that can't be stamped, goes to it as it came. docs/reference/linker-wrapper.md is the manual.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "depfile.h"
#include "real.h"
#include "register.h"
#include "responses.h"
#include "stamp.h"

/* Arguments with the stamp behind the anchor, or at the end; NULL without memory. */
static char **with_stamp(char **arguments, const char *anchor, char *stamp) {
  size_t count = 0, to = 0;
  while (arguments[count] != NULL) count++;
  char **more = malloc((count + 2) * sizeof *more);
  bool added = false;
  for (size_t i = 0; more != NULL && i < count; i++) {
    more[to++] = arguments[i];
    /* The anchor is one of these very strings, unless it stood in a response file. */
    if (arguments[i] == anchor) more[to++] = stamp, added = true;
  }
  if (more == NULL) return NULL;
  if (!added) more[to++] = stamp;
  more[to] = NULL;
  return more;
}

static void link_stamped(const struct real *real, char **arguments) {
  struct words words = expand_responses(arguments + 1);
  struct command command = read_command(&words);
  if (!command.final || command.stamped || command.trial) return;

  struct stamp stamp = {0};
  if (!make_stamp(&command, &stamp)) return;
  int fd = place_stamp(&stamp);
  if (fd < 0) return;
  char name[40];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  if (access(name, R_OK) != 0) {
    complain("linking %s unstamped: /proc is not there", command.output);
    close(fd);
    return;
  }
  char **stamped = with_stamp(arguments, command.anchor, name);
  if (stamped != NULL) {
    register_link(&command, stamp.uuid);
    if (command.dependency_file != NULL)
      link_and_tidy(real->path, stamped, name, command.dependency_file);
    else
      execv(real->path, stamped);
  }
  complain("linking %s unstamped: %s", command.output, strerror(errno));
  close(fd);
}

int main(int count, char **arguments) {
  if (count < 1) return 127;
  const char *name = base_name(arguments[0]);
  struct real real = find_real(strcmp(name, "ogrt-ld") == 0 ? "ld" : name);
  if (real.path == NULL) {
    complain("no %s but this wrapper in PATH; set OGRT_LD_REAL to the linker", name);
    return 127;
  }
  setenv("OGRT_LD_CHAIN", real.chain, 1);
  /* Linkers look for their own files beside themselves, and so must be told where they are. */
  if (strchr(arguments[0], '/') != NULL || strcmp(name, "ogrt-ld") == 0) arguments[0] = real.path;

  if (!real.stamped && !switched_on("OGRT_LD_OFF")) link_stamped(&real, arguments);
  execv(real.path, arguments);
  fprintf(stderr, "ogrt-ld: cannot start %s: %s\n", real.path, strerror(errno));
  return errno == ENOENT ? 127 : 126;
}
