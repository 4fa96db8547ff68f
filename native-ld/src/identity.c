/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "identity.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sha.h"
#include "stamp.h"
#include "thin.h"

/* Namespace and derivation are those of docs/reference/stamps.md, so that `ogrt-stamp --deterministic --input …` agrees. */
static const uint8_t NAMESPACE[16] = {0x9e, 0x1b, 0x1d, 0x0c, 0x6f, 0x0e, 0x4f, 0x6b,
                                      0x9f, 0x0a, 0x3c, 0x54, 0xa1, 0xc6, 0xf7, 0xd2};
#define DIGEST_SIZE 32

/* RFC 9562: version and variant bits, then 8-4-4-4-12. */
static void format(uint8_t *bytes, int version, char *text) {
  bytes[6] = (uint8_t)((bytes[6] & 0x0f) | version << 4);
  bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
  for (int i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *text++ = '-';
    text += sprintf(text, "%02x", bytes[i]);
  }
}

static bool given(const char *uuid, char *text) {
  for (int i = 0; i < UUID_LENGTH; i++) {
    bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? uuid[i] != '-' : !isxdigit((unsigned char)uuid[i])) return false;
    text[i] = (char)tolower((unsigned char)uuid[i]);
  }
  text[UUID_LENGTH] = '\0';
  return uuid[UUID_LENGTH] == '\0';
}

static void add_item(struct sha *sha, const char *label, const void *bytes, size_t size) {
  char head[64];
  int length = snprintf(head, sizeof head, "%s %zu", label, size);
  sha_update(sha, head, (size_t)length + 1);
  sha_update(sha, bytes, size);
}

static bool hash_file(struct sha *sha, const char *path, char *magic) {
  static uint8_t piece[1 << 18];
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return false;
  struct stat stat;
  ssize_t count = fstat(fd, &stat) == 0 && S_ISREG(stat.st_mode) ? 1 : -1;
  if (magic != NULL && pread(fd, magic, 8, 0) != 8) magic[0] = '\0';
  while (count > 0) {
    count = read(fd, piece, sizeof piece);
    if (count > 0) sha_update(sha, piece, (size_t)count);
  }
  close(fd);
  return count == 0;
}

/* A thin archive only names its members, so they follow it; what can't be read is the linker's to complain about. */
static void hash_member(void *sha, const char *path) { hash_file(sha, path, NULL); }

static bool digest_file(const char *path, uint8_t *digest) {
  char magic[8];
  struct sha sha;
  sha256_begin(&sha);
  bool whole = hash_file(&sha, path, magic);
  if (whole && memcmp(magic, "!<thin>\n", 8) == 0) thin_members(path, hash_member, &sha);
  sha_end(&sha, digest);
  return whole;
}

/* Compilers name libgcc.a twice and more: the same words have the same contents, for the moment that this takes. */
static bool digest_once(const struct words *inputs, size_t index, uint8_t *digests) {
  uint8_t *own = digests + index * DIGEST_SIZE;
  for (size_t earlier = index; earlier-- > 0 && index - earlier < 256;) {
    if (strcmp(inputs->items[earlier], inputs->items[index]) != 0) continue;
    memcpy(own, digests + earlier * DIGEST_SIZE, DIGEST_SIZE);
    return true;
  }
  return digest_file(inputs->items[index], own);
}

/* Contents in order, never names: compilers call their objects by random ones. Only a -l that is not found stays a
 * name. */
static bool derive(const struct command *command, const uint8_t *template, size_t size, char *text) {
  struct sha identity;
  uint8_t digest[DIGEST_SIZE];
  uint8_t *digests = calloc(command->inputs.count + 1, DIGEST_SIZE);
  if (digests == NULL) return false;
  sha1_begin(&identity);
  sha_update(&identity, NAMESPACE, sizeof NAMESPACE);
  if (setting("OGRT_LD_TEMPLATE") != NULL) {
    struct sha own;
    sha256_begin(&own);
    sha_update(&own, template, size);
    sha_end(&own, digest);
    add_item(&identity, "input", digest, DIGEST_SIZE);
  }
  for (size_t i = 0; i < command->inputs.count; i++) {
    const char *input = command->inputs.items[i];
    if (input[0] == '-') {
      add_item(&identity, "input", input, strlen(input));
    } else if (digest_once(&command->inputs, i, digests)) {
      add_item(&identity, "input", digests + i * DIGEST_SIZE, DIGEST_SIZE);
    } else {
      complain("linking %s unstamped: cannot read %s for a reproducible UUID", command->output, input);
      free(digests);
      return false;
    }
  }
  free(digests);
  sha_end(&identity, digest);
  format(digest, 5, text);
  return true;
}

static bool random_uuid(char *text) {
  uint8_t bytes[16];
  size_t filled = 0;
  while (filled < sizeof bytes) {
    ssize_t count = getrandom(bytes + filled, sizeof bytes - filled, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    filled += (size_t)count;
  }
  format(bytes, 4, text);
  return true;
}

bool choose_uuid(const struct command *command, const uint8_t *template, size_t size, char *text) {
  const char *uuid = setting("OGRT_LD_UUID");
  if (uuid != NULL) {
    if (given(uuid, text)) return true;
    complain("linking %s unstamped: OGRT_LD_UUID is no UUID", command->output);
    return false;
  }
  if (switched_on("OGRT_LD_DETERMINISTIC")) return derive(command, template, size, text);
  if (random_uuid(text)) return true;
  complain("linking %s unstamped: no random numbers: %s", command->output, strerror(errno));
  return false;
}
