/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What reads other people's bytes, under libFuzzer: `make fuzz SECONDS=60`. The first byte chooses the part. */
#include <stdlib.h>
#include <string.h>

#include "../src/base/glob.h"
#include "../src/elf/notes.h"
#include "../src/elf/object.h"
#include "../src/send/destination.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(const uint8_t *memory, size_t size, struct span span, size_t most) {
  if (span.size == 0) return;
  if (span.size > most || span.bytes < memory || span.bytes + span.size > memory + size) abort();
}

static void check_notes(const uint8_t *memory, size_t size, const struct note_findings *found) {
  check_span(memory, size, found->build_id, BUILD_ID_MAX);
  const unsigned count = found->signature_count < SIGNATURES_MAX ? found->signature_count : SIGNATURES_MAX;
  for (unsigned i = 0; i < count; i++) check_span(memory, size, found->signatures[i], SIGNATURE_TEXT_MAX);
}

/* A loaded object whose program headers are the input's, and whose only memory is one PT_LOAD of exact size. */
static void fuzz_object(const uint8_t *memory, size_t size) {
  enum { HEADERS = 4 };
  ElfW(Phdr) headers[HEADERS + 1];
  if (size < sizeof headers[0] * HEADERS) return;
  memcpy(headers + 1, memory, sizeof headers[0] * HEADERS);
  headers[0] = (ElfW(Phdr)){.p_type = PT_LOAD, .p_flags = PF_R, .p_filesz = size, .p_memsz = size};
  for (unsigned i = 1; i <= HEADERS; i++) {
    /* Further loads would promise memory that is not there; the loader vouches for the dynamic section. */
    if (headers[i].p_type == PT_LOAD || headers[i].p_type == PT_DYNAMIC) headers[i].p_type = PT_NOTE;
  }
  const struct dl_phdr_info object = {
      .dlpi_addr = (ElfW(Addr))memory, .dlpi_name = "", .dlpi_phdr = headers, .dlpi_phnum = HEADERS + 1};
  struct object_facts facts;
  read_object(&object, true, &facts);
  check_notes(memory, size, &facts.notes);
}

/* A dynamic section that ends, as the loader saw to, over a string table that may lie anywhere. */
static void fuzz_soname(const uint8_t *memory, size_t size) {
  enum { ENTRIES = 4 };
  ElfW(Dyn) entries[ENTRIES + 1] = {{0}};
  if (size < sizeof entries[0] * ENTRIES) return;
  memcpy(entries, memory, sizeof entries[0] * ENTRIES);
  const ElfW(Addr) base = (ElfW(Addr))memory;
  const ElfW(Phdr) load = {.p_type = PT_LOAD, .p_flags = PF_R, .p_filesz = size, .p_memsz = size};
  const ElfW(Phdr) dynamic = {.p_type = PT_DYNAMIC, .p_vaddr = (ElfW(Addr))entries - base};
  const struct segments segments = {&load, 1, &load};
  check_span(memory, size, find_soname(base, &segments, &dynamic), 255);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  const uint8_t choice = data[0];
  data++;
  size--;
  /* A copy of exact size, so that one byte too far is seen; as text it ends with a NUL. */
  char *copy = malloc(size + 1);
  if (copy == NULL) return 0;
  memcpy(copy, data, size);
  copy[size] = '\0';
  switch (choice % 5) {
    case 0: {
      struct note_findings found = {0};
      uint8_t *exact = malloc(size);
      if (exact == NULL) break;
      memcpy(exact, data, size);
      find_notes(exact, size, choice & 8 ? 8 : 4, &found);
      check_notes(exact, size, &found);
      free(exact);
      break;
    }
    case 1: fuzz_object((const uint8_t *)copy, size); break;
    case 2: fuzz_soname((const uint8_t *)copy, size); break;
    case 3: {
      struct destination destination;
      (void)parse_destination(copy, &destination);
      break;
    }
    default: {
      const char *middle = memchr(copy, '\n', size);
      if (middle != NULL && size < 4096) (void)glob_list_matches(copy, middle, size - (size_t)(middle - copy));
      break;
    }
  }
  free(copy);
  return 0;
}
