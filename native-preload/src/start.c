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

  /* What is so large that it does not fit alone comes from a variable, such as LD_LIBRARY_PATH. */
  struct omitted omitted = {.environment = part == 0 ? to->skipped : 0};

  /* Lists written last are the first to be cut: the environment, then the tail of the arguments, then objects. */
  uint8_t *const end = to->end;
  if (part == 0 && (size_t)(end - to->at) > ARGUMENTS_RESERVE_BYTES) to->end -= ARGUMENTS_RESERVE_BYTES;
  walk->field = PROCESS_START_SHARED_OBJECTS;
  walk->with_executable = part == 0;
  walk->to = to;
  walk_objects(walk);
  to->end = end;

  if (part == 0) {
    if (!OGRT_CONFIG_WITHOUT_MODULES) omitted.modules = put_modules(to, context);
    if (!OGRT_CONFIG_WITHOUT_ARGUMENTS) omitted.arguments = put_arguments(to, context);
    if (!OGRT_CONFIG_WITHOUT_ENVIRONMENT) omitted.environment += put_environment(to, context);
  }

  to->end += TRAILER_BYTES;
  if (OGRT_CONFIG_COMPAT_0_5) {
    walk->next = walk->total; /* one part only: a 0.5 server would take the next one for another process */
    return;
  }
  put_omitted(to, PROCESS_START_OMITTED, &omitted, walk);
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

  workspace->record = (struct record){.type = PROCESS_START,
                                      .context = context,
                                      .vdso = context->auxiliary.vdso,
                                      .debug = context->debug,
                                      .name = "start record",
                                      .compose = compose_start};
  struct object_walk *const walk = &workspace->walk;
  walk->context = context;
  walk->facts = &workspace->facts;
  walk->snapshot = &workspace->snapshot;
  walk->memory = (struct copies){.at = workspace->copies,
                                 .end = workspace->copies + sizeof workspace->copies,
                                 .process_id = context->process_id};
  if (!send_record(&workspace->record, &process->destination, walk)) return false;
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
  find_initial_stack(environment, parameters, &context->stack);
  context->environment = environment;
  context->debug = debug;
  read_auxiliary(context->stack.environment, &context->auxiliary);
  find_variables(environment, &context->variables);
  if (!context->auxiliary.secure && send_start(context, &workspace->process)) {
    /* A fork has not sent the start record, so it must not send the end record, whatever its pid is. */
    workspace->process.wiped_on_fork = system_wipe_on_fork(workspace, sizeof *workspace);
    workspace->process.reported = true;
    return;
  }
  system_unmap(workspace, sizeof *workspace);
  workspace = NULL;
}
