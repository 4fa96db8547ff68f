/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objects.h"

#include "../base/memory.h"
#include "../base/system.h"
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

static void count_omitted(struct object_walk *walk, const struct note_findings *notes) {
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
  const size_t prefix = context == NULL || object->dlpi_name[0] == '/' ? 0 : context->working_directory_size;

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
  const ElfW(Addr) vdso = walk->context == NULL ? 0 : (ElfW(Addr))walk->context->auxiliary.vdso;
  const ElfW(Addr) headers = (ElfW(Addr))object->dlpi_phdr;
  return vdso != 0 && headers >= vdso && headers - vdso < 4096;
}

static uint64_t unloaded_count(const struct dl_phdr_info *object, size_t size) {
  return size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof object->dlpi_subs ? object->dlpi_subs : 0;
}

/* Counts the object, and writes it unless an earlier frame has it or a full one comes first. */
static void visit_object(struct object_walk *walk, const struct dl_phdr_info *object) {
  const unsigned number = walk->total++;
  if (number < walk->skip_objects || walk->next < number) return;
  const size_t path_size = text_length(object->dlpi_name);
  if (path_size > MAX_PATH_BYTES) {
    walk->omitted++;
    walk->next = number + 1;
  } else if (put_object(walk, object, path_size)) {
    walk->next = number + 1;
  } else {
    walk->to->overflow = true;
  }
}

static int visit(struct dl_phdr_info *object, size_t size, void *data) {
  struct object_walk *walk = data;
  if (walk->listed++ == 0) {
    walk->unloaded = unloaded_count(object, size);
    if (walk->with_executable) put_executable_notes(walk, object);
    if (walk->snapshot->debug == NULL) remember_objects(walk->snapshot, object);
  } else if (object->dlpi_name != NULL && object->dlpi_name[0] != '\0' && !is_vdso(walk, object)) {
    visit_object(walk, object);
  }
  return 0;
}

static void start_walk(struct object_walk *walk) {
  walk->listed = 0;
  walk->total = 0;
  walk->next = walk->skip_objects;
  walk->omitted = 0;
  walk->signatures_omitted = 0;
}

void walk_objects(struct object_walk *walk) {
  start_walk(walk);
  (void)dl_iterate_phdr(visit, walk);
}

/* glibc: nonzero until the first thread is created; nobody else can hold the lock of the loader then. */
extern const char __libc_single_threaded __attribute__((weak));

static int count_unloaded(struct dl_phdr_info *object, size_t size, void *data) {
  *(uint64_t *)data = unloaded_count(object, size);
  return 1;
}

/* How many objects were unloaded since the start. In a program with threads, only those of the start are known. */
COLD static uint64_t unloaded_since(const struct object_walk *walk, const struct new_objects *objects) {
  uint64_t now = 0;
  if (&__libc_single_threaded != NULL && __libc_single_threaded != 0) (void)dl_iterate_phdr(count_unloaded, &now);
  if (now > walk->unloaded_before) return now - walk->unloaded_before;
  return objects->lost == 0 && walk->snapshot->count > objects->known ? walk->snapshot->count - objects->known : 0;
}

/* The program headers follow the ELF header in the first page of nearly all objects; NULL if not. */
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
  struct new_objects objects = first_new_object(walk->snapshot, walk->copies);
  uint8_t *const start = walk->copies->at;
  struct dl_phdr_info object = {0};
  size_t name_size;
  while (next_new_object(&objects, &object.dlpi_addr, &object.dlpi_name, &name_size)) {
    if (copy_headers(walk->copies, &object)) {
      visit_object(walk, &object);
    } else if (walk->skip_objects == 0) {
      walk->omitted++;
    }
    walk->copies->at = start;
  }
  walk->copies->at = start;
  walk->unloaded = unloaded_since(walk, &objects);
  if (walk->skip_objects == 0) walk->omitted += objects.lost;
}
