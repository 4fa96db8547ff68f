/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include <stdio.h>
#include <string.h>

static void append(struct json *json, const char *bytes, size_t size) {
  if (json->full || size > json->space - json->size) {
    json->full = true;
    return;
  }
  memcpy(json->text + json->size, bytes, size);
  json->size += size;
}

void json_raw(struct json *json, const char *text) { append(json, text, strlen(text)); }

/* The length of the valid UTF-8 sequence at `at` (RFC 3629 section 4), or 0. Stops at the terminating NUL. */
static size_t utf8_length(const unsigned char *at) {
  size_t length = at[0] < 0x80                     ? 1
                  : at[0] >= 0xc2 && at[0] <= 0xdf ? 2
                  : at[0] >= 0xe0 && at[0] <= 0xef ? 3
                  : at[0] >= 0xf0 && at[0] <= 0xf4 ? 4
                                                   : 0;
  if (length < 2) return length;
  unsigned char low = at[0] == 0xe0 ? 0xa0 : at[0] == 0xf0 ? 0x90 : 0x80;
  unsigned char high = at[0] == 0xed ? 0x9f : at[0] == 0xf4 ? 0x8f : 0xbf;
  if (at[1] < low || at[1] > high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((at[i] & 0xc0) != 0x80) return 0;
  }
  return length;
}

bool json_string(struct json *json, const char *bytes) {
  size_t before = json->size;
  json_raw(json, "\"");
  for (const unsigned char *at = (const unsigned char *)bytes; *at != '\0' && !json->full;) {
    size_t length = utf8_length(at);
    char escaped[8];
    if (length == 0)
      snprintf(escaped, sizeof escaped, "\\\\x%02x", *at), json_raw(json, escaped);
    else if (*at == '\\')
      json_raw(json, "\\\\\\\\");
    else if (*at == '"')
      json_raw(json, "\\\"");
    else if (*at < 0x20)
      snprintf(escaped, sizeof escaped, "\\u%04x", *at), json_raw(json, escaped);
    else
      append(json, (const char *)at, length);
    at += length == 0 ? 1 : length;
  }
  json_raw(json, "\"");
  if (json->full) json->size = before;
  return !json->full;
}
