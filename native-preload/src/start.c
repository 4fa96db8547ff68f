/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/memory.h"
#include "base/system.h"
#include "datum/datum.h"
#include "debug.h"
#include "decide.h"
#include "process.h"
#include "record.h"
#include "wire/fields.h"

enum {
  /* Only the first frame holds arguments, and objects must not crowd all of them out. */
  ARGUMENTS_RESERVE_BYTES = LARGE_FRAME_BYTES / 4 < 4096 ? LARGE_FRAME_BYTES / 4 : 4096,
};

/* In .data instead of .bss, which would cost the loader one more mapping. */
__attribute__((section(".data"))) struct workspace *workspace = NULL;

static void put_omitted(struct writer *to, unsigned arguments, unsigned environment, unsigned modules,
                        const struct object_walk *walk) {
  if ((arguments | environment | modules | walk->omitted | walk->signatures_omitted) == 0) return;
  size_t room;
  uint8_t *start = open_bytes(to, PROCESS_START_OMITTED, &room);
  if (start == NULL) return;
  if (arguments > 0) put_number(to, OMITTED_ARGUMENTS, arguments);
  if (environment > 0) put_number(to, OMITTED_ENVIRONMENT_VARIABLES, environment);
  if (walk->omitted > 0) put_number(to, OMITTED_SHARED_OBJECTS, walk->omitted);
  if (modules > 0) put_number(to, OMITTED_LOADED_MODULES, modules);
  if (walk->signatures_omitted > 0) put_number(to, OMITTED_SIGNATURES, walk->signatures_omitted);
  close_bytes(to, start, (size_t)(to->at - start));
}

/* The fields that every part repeats. */
static void put_identity(struct writer *to, struct context *context) {
  if (!OGRT_CONFIG_COMPAT_0_5) put_bytes(to, PROCESS_START_UUID, context->uuid, UUID_BYTES);
  put_working_directory(to, context);
  put_executable(to, context);
  put_ids(to, context);
  put_time(to, context);
  put_job(to, context);
  if (!OGRT_CONFIG_WITHOUT_USER_NAME) put_user_name(to, context);
  put_host_name(to, context);
  if (!OGRT_CONFIG_COMPAT_0_5) put_root(to, context);
}

static void compose_start(struct record *record, struct writer *to, unsigned part, struct object_walk *walk) {
  struct context *context = record->context;
  to->end -= TRAILER_BYTES;
  put_identity(to, context);
  if (part == 0 && !OGRT_CONFIG_COMPAT_0_5) {
    if (!OGRT_CONFIG_WITHOUT_PLACEMENT) put_placement(to, context);
    if (!OGRT_CONFIG_WITHOUT_CONTAINER) put_container(to, context);
    if (!OGRT_CONFIG_WITHOUT_LOADER_VARIABLES) put_loader_variables(to, context);
  }

  /* Lists written last are the first to be cut: the environment, then the tail of the arguments, then objects. */
  uint8_t *const end = to->end;
  if (part == 0 && (size_t)(end - to->at) > ARGUMENTS_RESERVE_BYTES) to->end -= ARGUMENTS_RESERVE_BYTES;
  walk->field = PROCESS_START_SHARED_OBJECTS;
  walk->with_executable = part == 0;
  walk->to = to;
  walk_objects(walk);
  to->end = end;

  unsigned modules = 0, arguments = 0, environment = 0;
  if (part == 0) {
    if (!OGRT_CONFIG_WITHOUT_MODULES) modules = put_modules(to, context);
    if (!OGRT_CONFIG_WITHOUT_ARGUMENTS) arguments = put_arguments(to, context);
    environment = put_environment(to, context);
  }

  to->end += TRAILER_BYTES;
  if (OGRT_CONFIG_COMPAT_0_5) {
    walk->next = walk->total; /* one part only: a 0.5 server would take the next one for another process */
    return;
  }
  put_omitted(to, arguments, environment, modules, walk);
  if (part > 0 || walk->next < walk->total) {
    put_number(to, PROCESS_START_PART, part);
    put_number(to, PROCESS_START_SHARED_OBJECTS_TOTAL, walk->total);
  }
}

/* False if the process is not to be reported. */
static bool send_start(struct context *context, struct process *process) {
  if (!should_report(context, workspace->path, &process->destination)) return false;
  context->now = clock_now(CLOCK_WALL, context->auxiliary.vdso);
  context->process_id = system_process_id();
  context->parent_id = system_parent_id();
  make_uuid(context->uuid, context);

  struct record record = {.type = PROCESS_START,
                          .context = context,
                          .vdso = context->auxiliary.vdso,
                          .debug = context->debug,
                          .name = "start record",
                          .compose = compose_start};
  struct object_walk *const walk = &workspace->walk;
  walk->context = context;
  walk->facts = &workspace->facts;
  walk->snapshot = &workspace->snapshot;
  if (!send_record(&record, &process->destination, walk)) return false;
  process->unloaded = walk->unloaded;
  memcpy(process->uuid, context->uuid, UUID_BYTES);
  process->process_id = context->process_id;
  process->started = context->now;
  process->debug = context->debug;
  return !OGRT_CONFIG_COMPAT_0_5 && !OGRT_CONFIG_WITHOUT_END;
}

void report_start(char *const *environment, const struct parameters *parameters, bool debug) {
  workspace = system_map(sizeof *workspace);
  if (workspace == NULL) {
    debug_line(debug, "not reported: no memory", "");
    return;
  }
  struct context *context = &workspace->context;
  const struct initial_stack stack = find_initial_stack(environment, parameters);
  context->argument_count = stack.argument_count;
  context->arguments = stack.arguments;
  context->environment = environment;
  context->debug = debug;
  read_auxiliary(stack.environment, &context->auxiliary);
  find_variables(environment, &context->variables);
  if (!context->auxiliary.secure && send_start(context, &workspace->process)) {
    /* A fork has neither sent the start record nor may it send the end record, whatever its pid is. */
    system_wipe_on_fork(workspace, sizeof *workspace);
    workspace->process.reported = true;
    return;
  }
  system_unmap(workspace, sizeof *workspace);
  workspace = NULL;
}
