/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fuzzes the parsers of untrusted input with libFuzzer: `make fuzz FUZZ_SECONDS=60`. The first byte selects the
 * parser.
 */
#include <stdlib.h>
#include <string.h>

#include "../src/base/glob.h"
#include "../src/elf/notes.h"
#include "../src/elf/object.h"
#include "../src/send/destination.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_span(const uint8_t *memory, size_t size, struct span span, size_t max) {
  if (span.size == 0) return;
  if (span.size > max || span.bytes < memory || span.bytes + span.size > memory + size) abort();
}

static void check_notes(const uint8_t *memory, size_t size, const struct note_findings *found) {
  check_span(memory, size, found->build_id, MAX_BUILD_ID_BYTES);
  const unsigned count = found->signature_count < MAX_SIGNATURES ? found->signature_count : MAX_SIGNATURES;
  for (unsigned i = 0; i < count; i++) check_span(memory, size, found->signatures[i], MAX_SIGNATURE_BYTES);
}

/* A loaded object with program headers from the input. Its only memory is one PT_LOAD of the exact input size. */
static void fuzz_object(const uint8_t *memory, size_t size) {
  enum { HEADERS = 4 };
  ElfW(Phdr) headers[HEADERS + 1];
  if (size < sizeof headers[0] * HEADERS) return;
  memcpy(headers + 1, memory, sizeof headers[0] * HEADERS);
  headers[0] = (ElfW(Phdr)){.p_type = PT_LOAD, .p_flags = PF_R, .p_filesz = size, .p_memsz = size};
  for (unsigned i = 1; i <= HEADERS; i++) {
    /* A second PT_LOAD would claim memory that does not exist, and the dynamic section is trusted. */
    if (headers[i].p_type == PT_LOAD || headers[i].p_type == PT_DYNAMIC) headers[i].p_type = PT_NOTE;
  }
  const struct dl_phdr_info object = {
      .dlpi_addr = (ElfW(Addr))memory, .dlpi_name = "", .dlpi_phdr = headers, .dlpi_phnum = HEADERS + 1};
  struct object_facts facts;
  read_object(&object, true, NULL, &facts);
  check_notes(memory, size, &facts.notes);
}

/* A terminated dynamic section, as the loader guarantees, with a string table at an arbitrary address. */
static void fuzz_soname(const uint8_t *memory, size_t size) {
  enum { ENTRIES = 4 };
  ElfW(Dyn) entries[ENTRIES + 1] = {{0}};
  if (size < sizeof entries[0] * ENTRIES) return;
  memcpy(entries, memory, sizeof entries[0] * ENTRIES);
  const ElfW(Addr) base = (ElfW(Addr))memory;
  const ElfW(Phdr) load = {.p_type = PT_LOAD, .p_flags = PF_R, .p_filesz = size, .p_memsz = size};
  const ElfW(Phdr) dynamic = {.p_type = PT_DYNAMIC, .p_vaddr = (ElfW(Addr))entries - base};
  const struct segments segments = {&load, 1, &load};
  check_span(memory, size, find_soname(base, &segments, &dynamic, NULL), MAX_SONAME_BYTES);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 2) return 0;
  const uint8_t choice = data[0];
  data++;
  size--;
  /* A NUL-terminated copy, so that AddressSanitizer detects an overrun. */
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
