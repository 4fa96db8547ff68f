/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "uuid.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "digest.h"
#include "sha.h"
#include "stamp.h"

/* Namespace and derivation of docs/reference/stamps.md: `ogrt-stamp --deterministic --input …` gives the same UUID. */
static const uint8_t NAMESPACE[16] = {0x9e, 0x1b, 0x1d, 0x0c, 0x6f, 0x0e, 0x4f, 0x6b,
                                      0x9f, 0x0a, 0x3c, 0x54, 0xa1, 0xc6, 0xf7, 0xd2};

/* RFC 9562: sets the version and variant bits and formats as 8-4-4-4-12. */
static void format_uuid(uint8_t *bytes, int version, char *text) {
  bytes[6] = (uint8_t)((bytes[6] & 0x0f) | version << 4);
  bytes[8] = (uint8_t)((bytes[8] & 0x3f) | 0x80);
  for (int i = 0; i < 16; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) *text++ = '-';
    text += sprintf(text, "%02x", bytes[i]);
  }
}

/* Checks a UUID and converts it to lowercase. */
static bool normalize_uuid(const char *uuid, char *text) {
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

/*
 * Derives a UUID from the contents of the inputs in order. Names do not count, because compilers give temporary
 * objects random ones.
 */
static bool derive_uuid(const struct command *command, const uint8_t *template, size_t size, char *text) {
  struct sha identity;
  uint8_t digest[DIGEST_BYTES];
  const char *missing = NULL;
  sha1_begin(&identity);
  sha_update(&identity, NAMESPACE, sizeof NAMESPACE);
  if (setting("OGRT_LD_TEMPLATE") != NULL) {
    struct sha own;
    sha256_begin(&own);
    sha_update(&own, template, size);
    sha_end(&own, digest);
    add_item(&identity, "input", digest, DIGEST_BYTES);
  }
  for (size_t i = 0; i < command->inputs.count && missing == NULL; i++) {
    missing = digest_input(command, command->inputs.items[i], digest);
    add_item(&identity, "input", digest, DIGEST_BYTES);
  }
  if (missing != NULL) {
    warn_once("linking %s unstamped: cannot read %s for a reproducible UUID%s", command->output, missing,
              missing[0] == '-' ? "; name its directory by -L" : "");
    return false;
  }
  sha_end(&identity, digest);
  format_uuid(digest, 5, text);
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
  format_uuid(bytes, 4, text);
  return true;
}

bool choose_uuid(const struct command *command, const uint8_t *template, size_t size, char *text) {
  const char *uuid = setting("OGRT_LD_UUID");
  if (uuid != NULL) {
    if (normalize_uuid(uuid, text)) return true;
    warn_once("linking %s unstamped: OGRT_LD_UUID is not a UUID", command->output);
    return false;
  }
  if (is_enabled("OGRT_LD_DETERMINISTIC")) return derive_uuid(command, template, size, text);
  if (random_uuid(text)) return true;
  warn_once("linking %s unstamped: cannot get random bytes: %s", command->output, strerror(errno));
  return false;
}
