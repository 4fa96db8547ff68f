/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "digest.h"

#include <ar.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lto-object.h"
#include "script-inputs.h"
#include "sha.h"
#include "thin-archive.h"

/* Ends scripts that name each other. */
#define MAX_SCRIPT_DEPTH 4

struct bytes {
  const uint8_t *at;
  size_t size;
};

static bool starts_with(struct bytes bytes, const char *magic, size_t size) {
  return bytes.size >= size && memcmp(bytes.at, magic, size) == 0;
}

/* ar(5): the next member at `*at`, which moves on. */
static bool next_member(struct bytes archive, size_t *at, struct bytes *member, const struct ar_hdr **header) {
  if (archive.size < sizeof **header || *at > archive.size - sizeof **header) return false;
  char digits[sizeof (*header)->ar_size + 1] = "";
  *header = (const struct ar_hdr *)(const void *)(archive.at + *at);
  memcpy(digits, (*header)->ar_size, sizeof (*header)->ar_size);
  unsigned long long size = strtoull(digits, NULL, 10);
  size_t start = *at + sizeof **header;
  if (memcmp((*header)->ar_fmag, ARFMAG, 2) != 0 || size > archive.size - start) return false;
  *member = (struct bytes){archive.at + start, (size_t)size};
  *at = start + (size_t)size + (size & 1);
  return true;
}

/*
 * Hashes an archive by its objects if some have code for link-time optimization. The table of symbols is left out,
 * because it holds offsets, which depend on the random names.
 */
static bool hash_lto_archive(struct sha *sha, struct bytes archive) {
  struct bytes member;
  const struct ar_hdr *header;
  bool found = false;
  for (size_t at = SARMAG; !found && next_member(archive, &at, &member, &header);)
    found = is_lto_object(member.at, member.size);
  for (size_t at = SARMAG; found && next_member(archive, &at, &member, &header);) {
    if (header->ar_name[0] == '/' && (header->ar_name[1] == ' ' || header->ar_name[1] == 'S')) continue;
    if (!hash_lto_object(sha, member.at, member.size)) sha_update(sha, member.at, member.size);
  }
  return found;
}

static void hash_bytes(struct sha *sha, struct bytes bytes) {
  if (hash_lto_object(sha, bytes.at, bytes.size)) return;
  if (starts_with(bytes, ARMAG, SARMAG) && hash_lto_archive(sha, bytes)) return;
  sha_update(sha, bytes.at, bytes.size);
}

static bool map_file(const char *path, struct bytes *bytes) {
  int fd = open_regular(path, &bytes->size);
  if (fd < 0) return false;
  bytes->at = (const uint8_t *)"";
  if (bytes->size > 0) bytes->at = mmap(NULL, bytes->size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  close(fd);
  return bytes->at != MAP_FAILED;
}

static void unmap_file(struct bytes bytes) {
  if (bytes.size > 0) munmap((void *)(uintptr_t)bytes.at, bytes.size);
}

/* Ignores errors: if a member cannot be read, the linker reports it. */
static void hash_member(void *sha, const char *path) {
  struct bytes bytes;
  if (!map_file(path, &bytes)) return;
  hash_bytes(sha, bytes);
  unmap_file(bytes);
}

/* The files that were digested, in a tree of tsearch(3). */
struct digested {
  const char *path;
  uint8_t digest[DIGEST_BYTES];
};
static void *all_digested;

static int compare_paths(const void *a, const void *b) {
  return strcmp(((const struct digested *)a)->path, ((const struct digested *)b)->path);
}

static const char *digest_once(const struct command *command, const char *path, uint8_t *digest, int depth);

static const char *digest_at(const struct command *command, const char *path, uint8_t *digest, int depth) {
  struct bytes bytes;
  struct sha sha;
  const char *missing = NULL;
  if (!map_file(path, &bytes)) return path;
  sha256_begin(&sha);
  /* The archive itself holds sizes of its members, which depend on the random names of code of gcc. */
  if (starts_with(bytes, THIN_MAGIC, SARMAG))
    visit_thin_members(path, hash_member, &sha);
  else
    hash_bytes(&sha, bytes);
  if (depth < MAX_SCRIPT_DEPTH && is_script(bytes.at, bytes.size)) {
    struct words names = script_inputs(command, path);
    for (size_t i = 0; i < names.count && missing == NULL; i++) {
      missing = digest_once(command, names.items[i], digest, depth + 1);
      sha_update(&sha, digest, DIGEST_BYTES);
    }
    free(names.items);
  }
  unmap_file(bytes);
  sha_end(&sha, digest);
  return missing;
}

/* Compilers pass libgcc.a several times, and libgcc_s.so names it again. */
static const char *digest_once(const struct command *command, const char *path, uint8_t *digest, int depth) {
  struct digested *own = calloc(1, sizeof *own);
  if (own == NULL) return path;
  own->path = path;
  struct digested **found = tsearch(own, &all_digested, compare_paths);
  if (found == NULL) return path;
  const char *missing = NULL;
  if (*found == own)
    missing = digest_at(command, path, own->digest, depth);
  else
    free(own);
  memcpy(digest, (*found)->digest, DIGEST_BYTES);
  return missing;
}

const char *digest_input(const struct command *command, const char *path, uint8_t *digest) {
  return digest_once(command, path, digest, 0);
}
