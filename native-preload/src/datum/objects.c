/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objects.h"

#include "../base/memory.h"
#include "../base/system.h"
#include "../base/threads.h"
#include "../elf/object.h"
#include "../wire/fields.h"
#include "../wire/frame.h"
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
COLD static void count_omitted(struct object_walk *walk, const struct note_findings *notes) {
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

/*
 * Writes the path, which is relative to the working directory unless it begins with a slash. Copying it is the time to
 * hash its name.
 */
static uint8_t *emit_path(uint8_t *at, const struct context *context, const char *name, size_t size, uint64_t *hash) {
  const size_t prefix = name[0] == '/' || context == NULL ? 0 : context->working_directory_size;
  at = emit_tag(at, SHARED_OBJECT_PATH, WIRE_BYTES);
  if (prefix == 0) {
    at = emit_size(at, size);
  } else {
    at = emit_size(at, prefix + 1 + size);
    memcpy(at, context->working_directory, prefix);
    at[prefix] = '/';
    at += prefix + 1;
  }
  *hash = copy_and_hash(at, name, size);
  return at + size;
}

static uint8_t *emit_span(uint8_t *at, unsigned field, struct span span) {
  return span.size == 0 ? at : emit_bytes(at, field, span.bytes, span.size);
}

OWN_FRAME static uint8_t *emit_signature(uint8_t *at, unsigned field, struct span signature) {
  return emit_span(at, field, signature);
}

OWN_FRAME static uint8_t *emit_signatures(uint8_t *at, const struct note_findings *notes) {
  at = emit_signature(at, SHARED_OBJECT_SIGNATURE, notes->signatures[0]);
  const unsigned listed = listed_signature_count(notes);
  for (unsigned i = 0; i < listed; i++) at = emit_signature(at, SHARED_OBJECT_SIGNATURES, notes->signatures[i]);
  return at;
}

/* The most that an object takes. A frame has as much room behind its end, so an object is written, and then measured. */
_Static_assert((MAX_SIGNATURES + 1) * (MAX_SIGNATURE_BYTES + FIELD_OVERHEAD_BYTES) + MAX_BUILD_ID_BYTES +
                   2 * MAX_PATH_BYTES + 1 + MAX_SONAME_BYTES + 4 * FIELD_OVERHEAD_BYTES <= MAX_OBJECT_BYTES,
               "the limits on the parts of an object");

/* False if the object did not fit; then nothing was written. */
static bool put_object(struct object_walk *walk, const struct dl_phdr_info *object, size_t path_size, uint64_t *hash) {
  struct writer *const to = walk->to;
  struct object_facts *const facts = walk->facts;
  const struct note_findings *const notes = &facts->notes;
  uint8_t *const start = emit_tag(to->at, walk->field, WIRE_BYTES) + SIZE_BYTES;
  uint8_t *at = emit_path(start, walk->context, object->dlpi_name, path_size, hash);
  read_object(object, !OGRT_CONFIG_COMPAT_0_5, walk->copies, facts);
  if (notes->signature_count > 0) at = emit_signatures(at, notes);
  if (!OGRT_CONFIG_COMPAT_0_5) {
    at = emit_span(at, SHARED_OBJECT_BUILD_ID, notes->build_id);
    at = emit_span(at, SHARED_OBJECT_SONAME, facts->soname);
  }
  if (at > to->end) return false;
  close_bytes(to, start, (size_t)(at - start));
  if ((notes->signature_count | notes->segments_cut) != 0) count_omitted(walk, notes);
  return true;
}

/* The vDSO has no file. glibc lists it with a name, musl without one. */
static bool is_vdso(const struct object_walk *walk, const struct dl_phdr_info *object) {
  return ((ElfW(Addr))object->dlpi_phdr ^ walk->vdso) < 4096;
}

static uint64_t unloaded_count(const struct dl_phdr_info *object, size_t size) {
  return size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof object->dlpi_subs ? object->dlpi_subs : 0;
}

/*
 * Counts the object, and writes it unless an earlier frame has it or a full one comes first. True if it was written as
 * far as the hash of its name.
 */
static bool visit_object(struct object_walk *walk, const struct dl_phdr_info *object, size_t path_size,
                         uint64_t *hash) {
  const unsigned number = walk->total++;
  if (number < walk->skip_objects || walk->next < number) return false;
  if (path_size > MAX_PATH_BYTES) {
    walk->omitted++;
    walk->next = number + 1;
    return false;
  }
  if (put_object(walk, object, path_size, hash)) walk->next = number + 1;
  return true;
}

/* Each object of the start, and each new one at the end: with one caller, all of this is one function. */
static int visit(struct dl_phdr_info *object, size_t size, void *data) {
  struct object_walk *const walk = data;
  const bool is_executable = object->dlpi_phdr == walk->executable;
  if (is_executable) walk->unloaded = unloaded_count(object, size);
  const bool vdso = is_vdso(walk, object);
  const size_t path_size = object->dlpi_name == NULL ? 0 : text_length(object->dlpi_name);
  uint64_t hash = 0;
  const bool hashed = !is_executable && !vdso && path_size > 0 && visit_object(walk, object, path_size, &hash);
  if (!walk->remembers) return 0;
  if (vdso) walk->snapshot->vdso = object->dlpi_addr;
  else if (!hashed) hash = hash_name(object->dlpi_name, path_size);
  if (is_called_libc(object->dlpi_name, path_size)) {
    remember_libc(walk->snapshot, object, (ElfW(Addr))dl_iterate_phdr);
  }
  remember_object(walk->snapshot, object->dlpi_addr, hash);
  return 0;
}

static void start_walk(struct object_walk *walk) {
  walk->vdso = walk->context == NULL ? 0 : (ElfW(Addr))walk->context->auxiliary.vdso; /* page-aligned */
  walk->total = 0;
  walk->next = walk->skip_objects;
  walk->omitted = 0;
  walk->signatures_omitted = 0;
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

COLD static void visit_new_objects(struct object_walk *walk, bool none_unloaded) {
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

/*
 * Instead of calling a dl_iterate_phdr of the program, which may need what its constructors make. What is seen becomes
 * known, so each frame of the record starts over.
 */
COLD static void walk_listed_objects(struct object_walk *walk) {
  struct loader_snapshot *const snapshot = walk->snapshot;
  const struct link_map *const executable = snapshot->debug->r_map;
  walk->remembers = true;
  walk->copies = &walk->memory;
  snapshot->count = 0;
  snapshot->next = executable;
  remember_object(snapshot, executable->l_addr, hash_name(executable->l_name, text_length(executable->l_name)));
  visit_new_objects(walk, true);
}

void walk_objects(struct object_walk *walk) {
  start_walk(walk);
  walk->remembers = walk->skip_objects == 0;
  struct dl_phdr_info *const executable = &walk->object;
  if (walk->remembers && find_executable(&walk->context->auxiliary, executable)) {
    walk->executable = executable->dlpi_phdr;
    walk->snapshot->vdso = walk->vdso == 0 ? 1 : walk->vdso; /* 1 is the address of no object */
    start_snapshot(walk->snapshot, executable);
  }
  if (walk->with_executable && walk->executable != NULL) put_executable_notes(walk, executable);
  if (is_of_program(walk->snapshot, (ElfW(Addr))dl_iterate_phdr)) walk_listed_objects(walk);
  else (void)dl_iterate_phdr(visit, walk);
}

static int copy_first(struct dl_phdr_info *object, size_t size, void *data) {
  struct dl_phdr_info *first = data;
  (void)size;
  first->dlpi_addr = object->dlpi_addr;
  first->dlpi_phdr = object->dlpi_phdr;
  first->dlpi_phnum = object->dlpi_phnum;
  return 1;
}

OWN_FRAME bool find_executable(const struct auxiliary *auxiliary, struct dl_phdr_info *executable) {
  if (auxiliary->started_by_loader) return dl_iterate_phdr(copy_first, executable) == 1;
  for (unsigned i = 0; i < auxiliary->header_count; i++) {
    const ElfW(Phdr) *header = &auxiliary->headers[i];
    if (header->p_type != PT_PHDR) continue;
    executable->dlpi_addr = (ElfW(Addr))auxiliary->headers - header->p_vaddr;
    executable->dlpi_phdr = auxiliary->headers;
    executable->dlpi_phnum = (ElfW(Half))auxiliary->header_count;
    return true;
  }
  return dl_iterate_phdr(copy_first, executable) == 1;
}

static int count_unloaded(struct dl_phdr_info *object, size_t size, void *data) {
  *(uint64_t *)data = unloaded_count(object, size);
  return 1;
}

COLD void walk_new_objects(struct object_walk *walk) {
  start_walk(walk);
  walk->remembers = false;
  /* Another thread may hold the lock of the loader for ever. */
  const struct loader_snapshot *const snapshot = walk->snapshot;
  walk->knows_unloaded =
      walk->copies->alone && snapshot->iterator_is_of_libc && may_lock_loader(snapshot->threads);
  uint64_t unloaded = 0;
  if (walk->knows_unloaded) (void)dl_iterate_phdr(count_unloaded, &unloaded);
  walk->unloaded = unloaded > walk->unloaded_before ? unloaded - walk->unloaded_before : 0;
  const bool none_unloaded = walk->knows_unloaded && walk->unloaded == 0;
  visit_new_objects(walk, none_unloaded);
}
