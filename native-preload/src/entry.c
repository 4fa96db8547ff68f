/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "base/system.h"
#include "datum/objects.h"
#include "debug.h"
#include "process.h"

/* Weak like everything that a libc would have to give: absent, they are NULL. */
extern const char *gnu_get_libc_version(void) __attribute__((weak));
extern char **environ __attribute__((weak));

/* Apart from the constructor, whose stack and code stay small for the many processes that report nothing. */
__attribute__((noinline)) static void report(int argument_count, char *const *arguments, char *const *environment, bool debug) {
  struct context context = {
      .argument_count = argument_count, .arguments = arguments, .environment = environment, .debug = debug};
  read_auxiliary(arguments == NULL ? NULL : environment, &context.auxiliary);
  if (context.auxiliary.secure) return;
  find_variables(environment, &context.variables);
  report_start(&context);
}

/* glibc hands constructors what main() gets; musl hands them nothing, so there the parameters are noise. */
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
    debug_line(switches.debug, "not reported: OGRT_ACTIVE does not say so", "");
  }
}

__attribute__((destructor)) static void at_end(void) {
  if (process.reported) report_end();
}
