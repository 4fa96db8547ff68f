/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objects.h"

#include "../base/memory.h"
#include "../elf/object.h"
#include "../wire/fields.h"
#include "datum.h"

enum { PATH_MAX_SIZE = 4096 };

/* Weak: this library links against no libc, and a program without one must still start. */
extern int dl_iterate_phdr(int (*callback)(struct dl_phdr_info *, size_t, void *), void *data) __attribute__((weak));

bool can_walk_objects(void) { return dl_iterate_phdr != NULL; }

static void put_span(struct writer *to, unsigned field, struct span span) {
  if (span.size > 0) put_bytes(to, field, span.bytes, span.size);
}

/* The first signature where every reader looks; all of them in the newer field when there are several. */
static void put_signatures(struct writer *to, unsigned first_field, unsigned all_field, struct object_walk *walk,
                           const struct note_findings *notes) {
  if (notes->signature_count == 0) return;
  put_span(to, first_field, notes->signatures[0]);
  if (OGRT_CONFIG_COMPAT_0_5 || notes->signature_count == 1) return;
  unsigned count = notes->signature_count;
  if (count > SIGNATURES_MAX) {
    walk->signatures_omitted += count - SIGNATURES_MAX;
    count = SIGNATURES_MAX;
  }
  for (unsigned i = 0; i < count; i++) put_span(to, all_field, notes->signatures[i]);
}

static void put_executable_notes(struct object_walk *walk, const struct dl_phdr_info *object) {
  struct object_facts facts;
  read_object(object, &facts);
  put_signatures(walk->to, PROCESS_START_SIGNATURE, PROCESS_START_SIGNATURES, walk, &facts.notes);
  if (!OGRT_CONFIG_COMPAT_0_5) put_span(walk->to, PROCESS_START_BUILD_ID, facts.notes.build_id);
}

/* False when the object did not fit; then nothing of it was written. */
static bool put_object(struct object_walk *walk, const struct dl_phdr_info *object, size_t path_size) {
  struct writer *to = walk->to;
  size_t room;
  uint8_t *start = open_bytes(to, walk->field, &room);
  if (start == NULL) return false;

  /* The limits on paths, sonames, build-ids and signatures keep their sum below OPEN_BYTES_MAX. */
  const bool had_overflow = to->overflow;
  to->overflow = false;
  struct object_facts facts;
  read_object(object, &facts);
  put_path(to, SHARED_OBJECT_PATH, walk->context, object->dlpi_name, path_size);
  put_signatures(to, SHARED_OBJECT_SIGNATURE, SHARED_OBJECT_SIGNATURES, walk, &facts.notes);
  if (!OGRT_CONFIG_COMPAT_0_5) {
    put_span(to, SHARED_OBJECT_BUILD_ID, facts.notes.build_id);
    put_span(to, SHARED_OBJECT_SONAME, facts.soname);
  }
  if (to->overflow) {
    abandon_bytes(to, start);
    return false;
  }
  to->overflow = had_overflow;
  close_bytes(to, start, (size_t)(to->at - start));
  return true;
}

/* The kernel's own object; glibc lists it under a name, musl without one, neither has a file behind it. */
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
    return 0;
  }
  if (listed < walk->skip_listed || object->dlpi_name == NULL || object->dlpi_name[0] == '\0') return 0;
  if (is_vdso(walk, object)) return 0;

  const unsigned number = walk->total++;
  if (number < walk->skip_objects || walk->next < number) return 0;
  const size_t path_size = text_length(object->dlpi_name);
  if (path_size > PATH_MAX_SIZE) {
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
