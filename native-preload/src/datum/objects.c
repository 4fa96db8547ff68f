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
  read_object(object, false, walk->facts);
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
  read_object(object, !OGRT_CONFIG_COMPAT_0_5, facts);
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

static int visit(struct dl_phdr_info *object, size_t size, void *data) {
  struct object_walk *walk = data;
  const unsigned listed = walk->state.listed++;
  if (listed == 0) {
    if (size >= offsetof(struct dl_phdr_info, dlpi_subs) + sizeof object->dlpi_subs) {
      walk->state.loaded = object->dlpi_adds;
      walk->state.unloaded = object->dlpi_subs;
    }
    if (walk->with_executable) put_executable_notes(walk, object);
    /* Nonzero ends the iteration: nothing was loaded since the previous walk. */
    return walk->previous.loaded != 0 && walk->previous.loaded == walk->state.loaded;
  }
  if (listed < walk->previous.listed || object->dlpi_name == NULL || object->dlpi_name[0] == '\0') return 0;
  if (is_vdso(walk, object)) return 0;

  const unsigned number = walk->total++;
  if (number < walk->skip_objects || walk->next < number) return 0;
  const size_t path_size = text_length(object->dlpi_name);
  if (path_size > MAX_PATH_BYTES) {
    walk->omitted++;
    walk->next = number + 1;
  } else if (put_object(walk, object, path_size)) {
    walk->next = number + 1;
  } else {
    walk->to->overflow = true;
  }
  return 0;
}

bool walk_objects(struct object_walk *walk) {
  walk->total = 0;
  walk->next = walk->skip_objects;
  walk->omitted = 0;
  walk->signatures_omitted = 0;
  walk->state = (struct load_state){0, 0, 0};
  if (dl_iterate_phdr == NULL) return false;
  (void)dl_iterate_phdr(visit, walk);
  return true;
}
