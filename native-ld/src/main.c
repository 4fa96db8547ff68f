/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ogrt-ld: a linker wrapper that adds a stamp to each final link. All other command lines, and links that cannot be
 * stamped, go to the linker unchanged. docs/reference/linker-wrapper.md is the manual.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "outputs.h"
#include "real-linker.h"
#include "register.h"
#include "response-files.h"
#include "run-linker.h"
#include "stamp.h"

/*
 * Inserts the stamp after the first object. If a response file holds that, the stamp goes to the end, or to the start
 * if the linker would not link an object at the end. NULL if there is no memory.
 */
static char **with_stamp(char **arguments, const struct command *command, char *stamp) {
  size_t count = 0, after = 0;
  for (; arguments[count] != NULL; count++) {
    /* Compares pointers: an anchor from a response file is not among the arguments. */
    if (arguments[count] == command->anchor) after = count;
  }
  if (after == 0 && !command->open_ended) after = count - 1;
  char **more = malloc((count + 2) * sizeof *more);
  if (more == NULL) return NULL;
  memcpy(more, arguments, (after + 1) * sizeof *more);
  more[after + 1] = stamp;
  memcpy(more + after + 2, arguments + after + 1, (count - after) * sizeof *more);
  return more;
}

/* Ends like the linker, after the register has got what was linked. `arguments` are those without the stamp. */
static void finish(const struct command *command, const struct stamp *stamp, const struct stamp_file *file,
                   const char *linker, char **arguments, int status) {
  bool linked = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (WIFEXITED(status) && !linked && !stamp_was_read(file) && retry_linker(linker, arguments)) {
    warn_once("linked %s unstamped: the linker could not read the stamp", command->output);
    exit(0);
  }
  clean_outputs(command, file->path);
  if (linked) {
    enum outcome outcome = inspect_output(command->output, stamp->uuid);
    if (outcome == OUTCOME_STAMPED) register_link(command, stamp->uuid);
    if (outcome == OUTCOME_UNSTAMPED) warn_once("linked %s unstamped: the linker dropped the stamp", command->output);
  }
  end_as(status);
}

static void link_stamped(const struct real_linker *real, const struct words *words, char **arguments) {
  struct command command = read_command(words);
  if (!command.final || command.stamped || command.trial) return;
  struct stamp stamp = {0};
  if (!make_stamp(&command, &stamp)) return;
  struct stamp_file file = open_stamp_file(&stamp, real->path);
  if (file.fd < 0) return;
  int status;
  char **stamped = with_stamp(arguments, &command, file.path);
  if (stamped != NULL && run_linker(real->path, stamped, -1, &status))
    finish(&command, &stamp, &file, real->path, arguments, status);
  else
    warn_once("linking %s unstamped: %s", command.output, strerror(errno));
  close(file.fd);
}

int main(int count, char **arguments) {
  if (count < 1) return 127;
  const char *name = base_name(arguments[0]);
  struct words words = expand_response_files(arguments + 1);
  struct real_linker real = find_real_linker(strcmp(name, "ogrt-ld") == 0 ? "ld" : name, &words);
  if (real.path == NULL) {
    warn_once("no %s in PATH except this wrapper; set OGRT_LD_REAL to the linker", name);
    return 127;
  }
  setenv(CHAIN_VARIABLE, real.chain, 1);
  /* Linkers find their own files relative to argv[0]. */
  if (strchr(arguments[0], '/') != NULL || strcmp(name, "ogrt-ld") == 0) arguments[0] = real.path;

  if (!real.stamped && !is_enabled("OGRT_LD_OFF")) link_stamped(&real, &words, arguments);
  execv(real.path, arguments);
  fprintf(stderr, "ogrt-ld: cannot start %s: %s\n", real.path, strerror(errno));
  return errno == ENOENT ? 127 : 126;
}
