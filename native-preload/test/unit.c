/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of the parts of the library, in a program with a libc. `make unit` runs it under sanitizers. */
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../src/base/auxiliary.h"
#include "../src/base/glob.h"
#include "../src/base/memory.h"
#include "../src/datum/variables.h"
#include "../src/debug.h"
#include "../src/decide.h"
#include "../src/elf/notes.h"
#include "../src/send/destination.h"
#include "../src/wire/frame.h"
#include "../src/wire/writer.h"

static unsigned failures;

#define CHECK(condition)                                             \
  do {                                                               \
    if (!(condition)) {                                              \
      failures++;                                                    \
      printf("%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
    }                                                                \
  } while (0)

/* Places the bytes directly before an unreadable page. */
static char *before_unreadable_page(const char *text, size_t size) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  char *pages = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages + page, page, PROT_NONE) != 0) abort();
  return memcpy(pages + page - size, text, size);
}

static void text_length_counts_bytes(void) {
  char text[64];
  for (size_t length = 0; length < 40; length++) {
    memset(text, 'x', length);
    text[length] = '\0';
    const char *edge = before_unreadable_page(text, length + 1);
    CHECK(text_length(edge) == length);
    for (size_t most = 0; most <= length + 1; most++) {
      CHECK(text_length_within(edge, most) == (most < length ? most : length));
    }
    /* Without NUL, up to the unreadable page. */
    if (length > 0) CHECK(text_length_within(before_unreadable_page(text, length), length) == length);
  }
  CHECK(text_length("\x80\x01\xff") == 3);
  for (size_t length = 0; length < 40; length++) {
    memset(text, 'x', length);
    strcpy(text + length, "=y");
    CHECK(text_length_to(before_unreadable_page(text, length + 3), '=') == length);
    CHECK(text_length_to(before_unreadable_page(text, length + 3), ':') == length + 2);
  }
}

static void copy_bytes_copies_every_size(void) {
  uint8_t from[64], to[80];
  for (unsigned i = 0; i < sizeof from; i++) from[i] = (uint8_t)(i + 1);
  for (size_t size = 0; size <= sizeof from; size++) {
    memset(to, 0, sizeof to);
    copy_bytes(to + 8, from, size);
    CHECK(memcmp(to + 8, from, size) == 0);
    CHECK(to[7] == 0 && to[8 + size] == 0);
  }
}

static void hashes_differ_with_every_byte(void) {
  uint8_t from[64] = {0}, to[80];
  for (size_t size = 0; size <= sizeof from; size++) {
    const uint64_t hash = copy_and_hash(NULL, from, size);
    for (size_t at = 0; at < size; at++) {
      from[at] = 1;
      memset(to, 0, sizeof to);
      const uint64_t other = copy_and_hash(to + 8, from, size);
      CHECK(other != hash && other == copy_and_hash(NULL, from, size));
      CHECK(memcmp(to + 8, from, size) == 0 && to[7] == 0 && to[8 + size] == 0);
      CHECK(same_words(to + 8, from, size));
      from[at] = 0;
      CHECK(!same_words(to + 8, from, size));
    }
  }
}

static void writer_never_passes_its_end(void) {
  uint8_t memory[600];
  for (size_t size = 0; size < 512; size++) {
    memset(memory, 0xee, sizeof memory);
    struct writer to = {memory, memory + size, 0};
    size_t room;
    put_number(&to, 300, UINT64_MAX);
    put_text(&to, 301, "some text that is longer than the longest number");
    uint8_t *nested = open_bytes(&to, 311, &room);
    if (nested != NULL) {
      CHECK(room <= (size_t)(to.end - to.at));
      put_bytes(&to, 400, "abc", 3);
      close_bytes(&to, nested, (size_t)(to.at - nested));
    }
    nested = open_bytes(&to, 311, &room);
    if (nested != NULL) abandon_bytes(&to, nested);
    for (unsigned i = 0; i < 20; i++) put_bytes(&to, 310, memory, i);
    CHECK(to.at <= to.end);
    for (size_t at = size; at < sizeof memory; at++) CHECK(memory[at] == 0xee);
  }
}

static void writer_writes_protobuf(void) {
  uint8_t memory[64];
  struct writer to = {memory, memory + sizeof memory, 0};
  put_number(&to, 303, 300);
  put_text(&to, 300, "ab");
  static const uint8_t expected[] = {0xf8, 0x12, 0xac, 0x02, 0xe2, 0x12, 0x02, 'a', 'b'};
  CHECK((size_t)(to.at - memory) == sizeof expected && memcmp(memory, expected, sizeof expected) == 0);
  CHECK(to.skipped == 0);
}

static const char uuid[] = "5b8c8f5e-6d0b-4a7e-9d35-0a5f3c1f2b61";

/* Appends a note. Returns the offset behind it, padded to `alignment`. */
static size_t note(uint8_t *at, size_t offset, uint32_t type, const char *name, uint32_t name_size, const void *desc,
                   uint32_t desc_size, size_t alignment) {
  const uint32_t header[3] = {name_size, desc_size, type};
  memcpy(at + offset, header, 12);
  memcpy(at + offset + 12, name, name_size);
  offset = (offset + 12 + name_size + alignment - 1) / alignment * alignment;
  memcpy(at + offset, desc, desc_size);
  return (offset + desc_size + alignment - 1) / alignment * alignment;
}

static size_t stamp(uint8_t *at, size_t offset, size_t alignment) {
  char desc[38] = {1};
  memcpy(desc + 1, uuid, 37);
  return note(at, offset, 0x4f475254, "OGRT", 5, desc, 38, alignment);
}

static void notes_are_found(void) {
  uint8_t memory[1024] = {0};
  static const uint8_t build_id[20] = {9, 8, 7};
  static const uint8_t property[16] = {0};
  struct note_findings found = {0};

  /* Between a note of Go, whose size is not a multiple of four, and the build-id. */
  size_t size = note(memory, 0, 4, "Go\0", 4, memory + 512, 83, 4);
  size = stamp(memory, size, 4);
  size = stamp(memory, size, 4);
  size = note(memory, size, 3, "GNU", 4, build_id, 20, 4);
  find_notes(memory, size, 4, &found);
  CHECK(found.signature_count == 2 && found.build_id.size == 20 && found.build_id.bytes[0] == 9);
  CHECK(found.signatures[0].size == 36 && memcmp(found.signatures[0].bytes, uuid, 36) == 0);

  /* 4-byte aligned notes in an 8-byte aligned segment, as mold merges them. */
  memset(memory, 0, sizeof memory);
  found = (struct note_findings){0};
  size = note(memory, 0, 5, "GNU", 4, property, 16, 8);
  size = note(memory, size, 3, "GNU", 4, build_id, 20, 4);
  size = stamp(memory, size, 4);
  find_notes(memory, size, 8, &found);
  CHECK(found.signature_count == 1 && found.build_id.size == 20);

  /* Signatures beyond the maximum are counted. */
  found = (struct note_findings){0};
  size = 0;
  for (unsigned i = 0; i < MAX_SIGNATURES + 1; i++) size = stamp(memory, size, 4);
  find_notes(memory, size, 4, &found);
  CHECK(found.signature_count == MAX_SIGNATURES + 1);
}

static void malformed_notes_are_skipped(void) {
  uint8_t memory[256] = {0};
  struct note_findings found = {0};
  static const char short_desc[2] = {1, 'x'};
  size_t size = note(memory, 0, 0x4f475254, "XALT", 5, short_desc, 2, 4);
  size = note(memory, size, 0x4f475254, "OGRT", 5, "\2abc", 4, 4); /* another version */
  size = note(memory, size, 0x4f475254, "OGRT", 5, "\1", 1, 4);    /* no text */
  size = note(memory, size, 0x4f475254, "OGRT", 5, short_desc, 2, 4); /* no NUL: a text of one letter */
  find_notes(memory, size, 4, &found);
  CHECK(found.signature_count == 1 && found.signatures[0].size == 1);

  static const uint32_t hostile[][2] = {{0xffffffff, 0}, {0xfffffff4, 0}, {5, 0xffffffff}, {0, 0}, {0xfffffffd, 38}};
  for (unsigned i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
    for (size_t length = 0; length < 40; length++) {
      uint8_t *bytes = calloc(1, length + 1); /* exact, so that AddressSanitizer detects an overrun */
      if (bytes == NULL) abort();
      memcpy(bytes, hostile[i], length < 8 ? length : 8);
      found = (struct note_findings){0};
      find_notes(bytes, length, i % 2 == 0 ? 4 : 8, &found);
      CHECK(found.signature_count == 0);
      free(bytes);
    }
  }
}

static void destinations_are_parsed(void) {
  struct destination to;
  CHECK(parse_destination("udp://192.0.2.1:80", &to) && to.transport == TRANSPORT_DATAGRAM);
  CHECK(memcmp(&to.address.ipv4.sin_addr, "\xc0\0\2\1", 4) == 0 && memcmp(&to.address.ipv4.sin_port, "\0\x50", 2) == 0);
  CHECK(parse_destination("tcp://[2001:db8::192.0.2.1%7]", &to) && to.transport == TRANSPORT_STREAM);
  CHECK(memcmp(&to.address.ipv6.sin6_addr, "\x20\1\xd\xb8\0\0\0\0\0\0\0\0\xc0\0\2\1", 16) == 0);
  CHECK(to.address.ipv6.sin6_scope_id == 7 && memcmp(&to.address.ipv6.sin6_port, "\x1f\x23", 2) == 0);
  CHECK(parse_destination("udp://[::]:1", &to) && parse_destination("udp://[1:2:3:4:5:6:7:8]:1", &to));
  CHECK(parse_destination("udp://[1::]:1", &to) && memcmp(&to.address.ipv6.sin6_addr, "\0\1\0\0", 4) == 0);
  CHECK(parse_destination("unix:///a", &to) && strcmp(to.address.local.sun_path, "/a") == 0);
  static const char *const wrong[] = {"udp://256.0.0.1",  "udp://1.2.3",      "udp://1.2.3.4:0",   "udp://1.2.3.4:65536",
                                      "udp://1.2.3.4:1x", "udp://[1:2]:1",    "udp://[1::2::3]:1", "udp://[1:2:3:4:5:6:7:8:]:1",
                                      "udp://[::1:1",     "udp://[12345::]",  "unix://a",          "http://1.2.3.4",
                                      "udp:/1.2.3.4",     "udp://[::%eth0]",  "udp://0x7f.1",      ""};
  for (unsigned i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    if (parse_destination(wrong[i], &to)) printf("accepted: %s\n", wrong[i]);
    CHECK(!parse_destination(wrong[i], &to) && to.transport == TRANSPORT_NONE);
  }
}

static bool on_list(const char *list, const char *text) { return glob_list_matches(list, text, strlen(text)); }

static void glob_lists_match(void) {
  CHECK(on_list("/usr", "/usr/bin/a") && on_list("/usr/", "/usr") && !on_list("/usr", "/usrbin") && on_list("/", "/x"));
  CHECK(on_list("*", "") && on_list("a*b*c", "aXbYbZc") && !on_list("a*b*c", "aXbYbZ") && on_list("?", "x"));
  CHECK(!on_list("", "") && !on_list("a", "ab") && on_list("x:*.so", "a.so") && !on_list("?", ""));
  CHECK(on_list("*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"));
}

static void sample_keeps_its_share_of_jobs(void) {
  unsigned kept = 0;
  char job[16];
  for (unsigned i = 0; i < 100000; i++) {
    snprintf(job, sizeof job, "%u", i);
    kept += is_in_sample(job, 10);
  }
  CHECK(kept > 9500 && kept < 10500);
  CHECK(is_in_sample("x", 0) && is_in_sample("x", 1));
}

static void variables_are_found(void) {
  char *environment[] = {"PATH=/bin", "OGRT_SERVERS=x", "OGRT_SERVER=first", "OGRT_SERVER=second", "=", "",
                         "container=oci", "no equals sign", "USER=", "A_NAME_THAT_IS_LONGER_THAN_ANY_THAT_MATTERS_HERE=1",
                         NULL};
  struct variables found = {{NULL}};
  find_variables(environment, &found);
  CHECK(strcmp(found.values[VARIABLE_SERVER], "first") == 0 && found.values[VARIABLE_USER][0] == '\0');
  CHECK(strcmp(variable_assignment(found.values[VARIABLE_CONTAINER], VARIABLE_CONTAINER), "container=oci") == 0);
  CHECK(found.values[VARIABLE_LOGNAME] == NULL);
}

static void every_variable_is_found(void) {
#define ASSIGNMENT(symbol, name) name "=" name,
#define JOB_ASSIGNMENT(name, companion) name "=" name, companion "=" companion,
  char *environment[] = {FIXED_VARIABLES(ASSIGNMENT) OGRT_CONFIG_JOB_VARIABLES(JOB_ASSIGNMENT) NULL};
  struct variables found = {{NULL}};
  find_variables(environment, &found);
  for (unsigned i = 0; i < VARIABLE_COUNT; i++) {
    const char *name = strchr(environment[i], '=') + 1;
    if (*name != '\0') CHECK(found.values[i] != NULL && strcmp(found.values[i], name) == 0);
  }
}

/* The environment and auxiliary vector of a new process, after ld.so has removed `removed` variables. */
static struct auxiliary auxiliary_after(unsigned removed, bool with_secure) {
  static uintptr_t stack[64];
  static char variable[] = "A=1";
  memset(stack, 0, sizeof stack);
  stack[0] = (uintptr_t)variable;
  uintptr_t *at = stack + 2 + removed;
  *at++ = AT_UID, *at++ = 7;
  *at++ = AT_EUID, *at++ = 0;
  *at++ = AT_GID, *at++ = 8;
  *at++ = AT_EGID, *at++ = 0;
  if (with_secure) *at++ = AT_SECURE, *at++ = 1;
  struct auxiliary auxiliary;
  read_auxiliary((char **)(void *)stack, &auxiliary);
  return auxiliary;
}

static void set_uid_programs_are_detected(void) {
  for (unsigned removed = 0; removed < 40; removed++) {
    const struct auxiliary found = auxiliary_after(removed, true);
    CHECK(found.secure && found.has_ids && found.uid == 7 && found.euid == 0 && found.gid == 8);
  }
  CHECK(auxiliary_after(0, false).secure); /* secure unless AT_SECURE says otherwise */
  struct auxiliary unknown;
  read_auxiliary(NULL, &unknown);
  CHECK(!unknown.secure && !unknown.has_ids);
}

static void numbers_are_printed(void) {
  static const uint32_t numbers[] = {0, 9, 10, 4294967295U};
  for (unsigned i = 0; i < 4; i++) {
    struct line line = {.size = 0};
    char expected[16];
    line_add_number(&line, numbers[i]);
    snprintf(expected, sizeof expected, "%u", numbers[i]);
    CHECK(line.size == strlen(expected) && memcmp(line.text, expected, line.size) == 0);
  }
}

int main(void) {
  text_length_counts_bytes();
  copy_bytes_copies_every_size();
  hashes_differ_with_every_byte();
  writer_never_passes_its_end();
  writer_writes_protobuf();
  notes_are_found();
  malformed_notes_are_skipped();
  destinations_are_parsed();
  glob_lists_match();
  sample_keeps_its_share_of_jobs();
  variables_are_found();
  every_variable_is_found();
  set_uid_programs_are_detected();
  numbers_are_printed();
  if (failures > 0) return 1;
  puts("all unit tests pass");
  return 0;
}
