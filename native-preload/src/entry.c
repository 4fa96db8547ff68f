/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "base/initial_stack.h"
#include "datum/objects.h"
#include "debug.h"
#include "process.h"

/* Weak, so that the library also loads without a libc. */
extern char **environ __attribute__((weak));

/*
 * glibc passes the parameters of main() to constructors, musl passes none. Only the environment is read before the
 * library knows that it is to report.
 */
__attribute__((constructor)) static void at_start(int argument_count, char **arguments, char **environment) {
  if (&environ == NULL || environ == NULL || !can_walk_objects()) return;
  const struct switches switches = find_switches(environ);
  if (switches.debug_info) debug_settings();
  if (switches.active) {
    const struct parameters parameters = {argument_count, arguments, environment};
    report_start(environ, &parameters, switches.debug);
  } else {
    debug_line(switches.debug, "not reported: not enabled by OGRT_ACTIVE", "");
  }
}

__attribute__((destructor)) static void at_end(void) { report_end(); }
