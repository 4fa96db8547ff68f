/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "base/system.h"
#include "datum/objects.h"
#include "debug.h"
#include "process.h"

/* Weak, so that the library also loads without a libc: both are NULL there. */
extern const char *gnu_get_libc_version(void) __attribute__((weak));
extern char **environ __attribute__((weak));

/* Not inlined: most processes do not report, and for them the stack and code of the constructor stay small. */
__attribute__((noinline)) static void report(int argument_count, char *const *arguments, char *const *environment,
                                             bool debug) {
  struct context context = {
      .argument_count = argument_count, .arguments = arguments, .environment = environment, .debug = debug};
  read_auxiliary(arguments == NULL ? NULL : environment, &context.auxiliary);
  if (context.auxiliary.secure) return;
  find_variables(environment, &context.variables);
  report_start(&context);
}

/* glibc passes the arguments of main() to constructors. musl passes none, so the parameters are garbage there. */
__attribute__((constructor)) static void at_start(int argument_count, char **arguments, char **environment) {
  if (!can_walk_objects()) return;
  if (gnu_get_libc_version == NULL) {
    if (&environ == NULL) return;
    argument_count = 0;
    arguments = NULL;
    environment = environ;
  }
  if (environment == NULL) return;
  const struct switches switches = find_switches(environment);
  if (switches.debug_info) debug_settings();
  if (switches.active) {
    report(argument_count, arguments, environment, switches.debug);
  } else {
    debug_line(switches.debug, "not reported: not enabled by OGRT_ACTIVE", "");
  }
}

__attribute__((destructor)) static void at_end(void) {
  if (process.reported) report_end();
}
