/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/system.h"
#include "base/threads.h"
#include "filter.h"
#include "process.h"
#include "record.h"
#include "wire/fields.h"

COLD static void put_usage(struct writer *to) {
  struct usage own, children;
  if (system_usage(false, &own)) {
    put_number(to, PROCESS_END_RU_UTIME, own.user_ms);
    put_number(to, PROCESS_END_RU_STIME, own.system_ms);
    put_number(to, PROCESS_END_RU_MAXRSS, own.max_resident);
    put_number(to, PROCESS_END_RU_MINFLT, own.minor_faults);
    put_number(to, PROCESS_END_RU_MAJFLT, own.major_faults);
    put_number(to, PROCESS_END_RU_INBLOCK, own.blocks_in);
    put_number(to, PROCESS_END_RU_OUBLOCK, own.blocks_out);
    put_number(to, PROCESS_END_RU_NVCSW, own.waits);
    put_number(to, PROCESS_END_RU_NIVCSW, own.preemptions);
  }
  if (system_usage(true, &children)) {
    put_number(to, PROCESS_END_CHILDREN_UTIME, children.user_ms);
    put_number(to, PROCESS_END_CHILDREN_STIME, children.system_ms);
    put_number(to, PROCESS_END_CHILDREN_MAXRSS, children.max_resident);
  }
}

COLD static void compose_end(struct record *record, struct writer *to, unsigned part, struct object_walk *walk) {
  const struct process *process = &workspace->process;
  const struct timestamp now = clock_now(CLOCK_WALL, record->vdso);
  to->end -= TRAILER_BYTES;
  put_bytes(to, PROCESS_END_UUID, process->uuid, UUID_BYTES);
  put_number(to, PROCESS_END_PID, (uint32_t)process->process_id);
  put_number(to, PROCESS_END_TIME, clock_milliseconds(now));
  put_number(to, PROCESS_END_TIME_NS, clock_nanoseconds(now));
  put_number(to, PROCESS_END_START_TIME, clock_milliseconds(process->started));
  put_number(to, PROCESS_END_START_TIME_NS, clock_nanoseconds(process->started));
  if (part == 0) put_usage(to);

  walk->field = PROCESS_END_LOADED_OBJECTS;
  walk->to = to;
  walk_new_objects(walk);

  to->end += TRAILER_BYTES;
  if (walk->knows_unloaded) put_number(to, PROCESS_END_UNLOADED_OBJECTS, walk->unloaded);
  put_omitted(to, PROCESS_END_OMITTED, &(struct omitted){0}, walk);
  if (part > 0 || walk->next < walk->total) {
    put_number(to, PROCESS_END_PART, part);
    put_number(to, PROCESS_END_LOADED_OBJECTS_TOTAL, walk->total);
  }
}

void report_end(void) {
  if (workspace == NULL) return;
  struct process *process = &workspace->process;
  if (!process->reported || may_have_set_filter(&workspace->snapshot)) return;
  if (!process->wiped_on_fork && system_process_id() != process->process_id) return;
  /* Two threads may call exit(3), and a signal handler may call it again. */
  if (__atomic_exchange_n(&process->ended, 1, __ATOMIC_ACQUIRE) != 0) return;
  /* The program may have unmapped the vDSO, so the time comes from a system call. */
  workspace->record = (struct record){
      .type = PROCESS_END, .debug = process->debug, .name = "end record", .compose = compose_end};
  struct object_walk *const walk = &workspace->walk;
  walk->memory.alone = is_only_thread(workspace->snapshot.threads, &workspace->context.scratch);
  walk->memory.decided = false;
  walk->unloaded_before = process->unloaded;
  walk->context = NULL;
  walk->copies = &walk->memory;
  walk->next = 0;
  (void)send_record(&workspace->record, &process->destination, walk);
}
