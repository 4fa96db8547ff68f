/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objects.h"

#include "../base/memory.h"
#include "../base/system.h"
#include "../base/threads.h"
#include "../elf/object.h"
#include "../wire/fields.h"
#include "datum.h"

/* Weak: a program without a libc must still start. */
extern int dl_iterate_phdr(int (*callback)(struct dl_phdr_info *, size_t, void *), void *data) __attribute__((weak));

bool can_walk_objects(void) { return dl_iterate_phdr != NULL; }

/* An object with several signatures also sends all of them, including the first, in the newer field. */
static unsigned listed_signature_count(const struct note_findings *notes) {
  if (OGRT_CONFIG_COMPAT_0_5 || notes->signature_count < 2) return 0;
  return notes->signature_count < MAX_SIGNATURES ? notes->signature_count : MAX_SIGNATURES;
}

/* What is in the rest of a large segment is unknown: it counts as one. */
static void count_omitted(struct object_walk *walk, const struct note_findings *notes) {
  walk->signatures_omitted += notes->segments_cut;
  if (notes->signature_count > MAX_SIGNATURES) walk->signatures_omitted += notes->signature_count - MAX_SIGNATURES;
}

static void put_executable_notes(struct object_walk *walk, const struct dl_phdr_info *object) {
  struct writer *to = walk->to;
  read_object(object, false, NULL, walk->facts);
  const struct note_findings *notes = &walk->facts->notes;
  if (notes->signature_count > 0) {
    put_bytes(to, PROCESS_START_SIGNATURE, notes->signatures[0].bytes, notes->signatures[0].size);
  }
  const unsigned listed = listed_signature_count(notes);
  for (unsigned i = 0; i < listed; i++) {
    put_bytes(to, PROCESS_START_SIGNATURES, notes->signatures[i].bytes, notes->signatures[i].size);
  }
  if (!OGRT_CONFIG_COMPAT_0_5 && notes->build_id.size > 0) {
    put_bytes(to, PROCESS_START_BUILD_ID, notes->build_id.bytes, notes->build_id.size);
  }
  count_omitted(walk, notes);
}

/* False if the object did not fit; then nothing was written. */
static bool put_object(struct object_walk *walk, const struct dl_phdr_info *object, size_t path_size) {
  struct writer *to = walk->to;
  struct object_facts *const facts = walk->facts;
  read_object(object, !OGRT_CONFIG_COMPAT_0_5, walk->copies, facts);
  const struct note_findings *notes = &facts->notes;
  const unsigned listed = listed_signature_count(notes);

  const struct context *context = walk->context;
  const size_t prefix = object->dlpi_name[0] == '/' || context == NULL ? 0 : context->working_directory_size;

  /* One check for the whole object. The limits on its parts keep the sum below MAX_OPEN_FIELD_BYTES. */
  const size_t max_size = prefix + 1 + path_size + facts->soname.size + notes->build_id.size +
                          ((size_t)listed + 1) * (MAX_SIGNATURE_BYTES + FIELD_OVERHEAD_BYTES) +
                          (size_t)4 * FIELD_OVERHEAD_BYTES;
  if (max_size > (size_t)(to->end - to->at)) return false;

  size_t room;
  uint8_t *const start = open_bytes(to, walk->field, &room);
  if (start == NULL) return false;
  uint8_t *at = start;
  if (prefix == 0) {
    at = emit_bytes(at, SHARED_OBJECT_PATH, object->dlpi_name, path_size);
  } else {
    to->at = at;
    put_path(to, SHARED_OBJECT_PATH, context, object->dlpi_name, path_size);
    at = to->at;
  }
  if (notes->signature_count > 0) {
    at = emit_bytes(at, SHARED_OBJECT_SIGNATURE, notes->signatures[0].bytes, notes->signatures[0].size);
    for (unsigned i = 0; i < listed; i++) {
      at = emit_bytes(at, SHARED_OBJECT_SIGNATURES, notes->signatures[i].bytes, notes->signatures[i].size);
    }
  }
  if (!OGRT_CONFIG_COMPAT_0_5) {
    if (notes->build_id.size > 0) {
      at = emit_bytes(at, SHARED_OBJECT_BUILD_ID, notes->build_id.bytes, notes->build_id.size);
    }
    if (facts->soname.size > 0) at = emit_bytes(at, SHARED_OBJECT_SONAME, facts->soname.bytes, facts->soname.size);
  }
  close_bytes(to, start, (size_t)(at - start));
  count_omitted(walk, notes);
  return true;
}

/* The vDSO has no file. glibc lists it with a name, musl without one. */
static bool is_vdso(const struct object_walk *walk, const struct dl_phdr_info *object) {
  return ((ElfW(Addr))object->dlpi_phdr ^ walk->vdso) < 4096;
}

static uint64_t unloaded_count(const struct dl_phdr_info *object, size_t size) {
  return size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof object->dlpi_subs ? object->dlpi_subs : 0;
}

/* Counts the object, and writes it unless an earlier frame has it or a full one comes first. */
static void visit_object(struct object_walk *walk, const struct dl_phdr_info *object, size_t path_size) {
  const unsigned number = walk->total++;
  if (number < walk->skip_objects || walk->next < number) return;
  if (path_size > MAX_PATH_BYTES) {
    walk->omitted++;
    walk->next = number + 1;
  } else if (put_object(walk, object, path_size)) {
    walk->next = number + 1;
  }
}

/* Each object of the start, and each new one at the end: with one caller, all of this is one function. */
static int visit(struct dl_phdr_info *object, size_t size, void *data) {
  struct object_walk *walk = data;
  const bool is_executable = walk->listed++ == 0;
  if (is_executable) {
    walk->unloaded = unloaded_count(object, size);
    if (walk->with_executable) put_executable_notes(walk, object);
    if (walk->remembers) start_snapshot(walk->snapshot, object);
  }
  const bool vdso = is_vdso(walk, object);
  const size_t path_size = object->dlpi_name == NULL ? 0 : text_length(object->dlpi_name);
  if (walk->remembers) remember_object(walk->snapshot, object, path_size, vdso);
  if (!is_executable && !vdso && path_size > 0) visit_object(walk, object, path_size);
  return 0;
}

static void start_walk(struct object_walk *walk) {
  walk->listed = 0;
  walk->vdso = walk->context == NULL ? 0 : (ElfW(Addr))walk->context->auxiliary.vdso; /* page-aligned */
  walk->total = 0;
  walk->next = walk->skip_objects;
  walk->omitted = 0;
  walk->signatures_omitted = 0;
}

void walk_objects(struct object_walk *walk) {
  start_walk(walk);
  walk->remembers = walk->skip_objects == 0;
  (void)dl_iterate_phdr(visit, walk);
}

static int copy_first(struct dl_phdr_info *object, size_t size, void *data) {
  struct dl_phdr_info *first = data;
  (void)size;
  first->dlpi_addr = object->dlpi_addr;
  first->dlpi_phdr = object->dlpi_phdr;
  first->dlpi_phnum = object->dlpi_phnum;
  return 1;
}

bool find_executable(struct dl_phdr_info *executable) { return dl_iterate_phdr(copy_first, executable) == 1; }

static int count_unloaded(struct dl_phdr_info *object, size_t size, void *data) {
  *(uint64_t *)data = unloaded_count(object, size);
  return 1;
}

/* The program headers follow the ELF header in the first page of nearly all objects; false if not. */
COLD static bool copy_headers(struct copies *copies, struct dl_phdr_info *object) {
  enum { FIRST_BYTES = 1024 };
  const ElfW(Ehdr) *header = copy_memory(copies, (const void *)object->dlpi_addr, FIRST_BYTES);
  if (header == NULL || !same_bytes(header->e_ident, ELFMAG, SELFMAG)) return false;
  if (header->e_phentsize != sizeof(ElfW(Phdr)) || header->e_phoff > FIRST_BYTES) return false;
  if (header->e_phnum > (FIRST_BYTES - header->e_phoff) / sizeof(ElfW(Phdr))) return false;
  object->dlpi_phdr = (const ElfW(Phdr) *)(const void *)((const uint8_t *)header + header->e_phoff);
  object->dlpi_phnum = header->e_phnum;
  return true;
}

COLD void walk_new_objects(struct object_walk *walk) {
  start_walk(walk);
  walk->listed = 1; /* the executable is not new */
  walk->remembers = false;
  /* Another thread may hold the lock of the loader for ever. */
  walk->knows_unloaded = walk->copies->alone && may_lock_loader();
  uint64_t unloaded = 0;
  if (walk->knows_unloaded) (void)dl_iterate_phdr(count_unloaded, &unloaded);
  walk->unloaded = unloaded > walk->unloaded_before ? unloaded - walk->unloaded_before : 0;
  const bool none_unloaded = walk->knows_unloaded && walk->unloaded == 0;
  struct new_objects *const objects = &walk->objects;
  struct dl_phdr_info *const object = &walk->object;
  start_new_objects(objects, walk->snapshot, walk->copies, none_unloaded);
  uint8_t *const start = walk->copies->at;
  while (next_new_object(objects, &object->dlpi_addr, &object->dlpi_name)) {
    if (copy_headers(walk->copies, object)) {
      (void)visit(object, sizeof *object, walk);
    } else if (walk->skip_objects == 0) {
      walk->omitted++;
    }
    walk->copies->at = start;
  }
  walk->copies->at = start;
  if (walk->skip_objects == 0) walk->omitted += objects->lost;
}
