/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void append(struct json *json, const char *bytes, size_t size) {
  if (json->full) return;
  if (size > json->space - json->size) {
    size_t space = json->space == 0 ? 4096 : json->space;
    while (space - json->size < size && space < MAX_LINE_BYTES) space *= 2;
    char *text = space - json->size < size ? NULL : realloc(json->text, space);
    if (text == NULL) {
      json->full = true;
      return;
    }
    json->text = text;
    json->space = space;
  }
  memcpy(json->text + json->size, bytes, size);
  json->size += size;
}

static void append_text(struct json *json, const char *text) { append(json, text, strlen(text)); }

static void begin_value(struct json *json, const char *name) {
  if (json->comma) append(json, ",", 1);
  json->comma = true;
  if (name == NULL) return;
  append(json, "\"", 1);
  append_text(json, name);
  append(json, "\":", 2);
}

void json_begin(struct json *json) {
  json->size = 0;
  json->full = json->comma = false;
}

void json_open(struct json *json, const char *name, char bracket) {
  begin_value(json, name);
  append(json, &bracket, 1);
  json->comma = false;
}

void json_close(struct json *json, char bracket) {
  append(json, &bracket, 1);
  json->comma = true;
}

/* The length of the valid UTF-8 sequence at `at` (RFC 3629 section 4), or 0. */
static size_t utf8_length(const unsigned char *at, size_t size) {
  size_t length = at[0] < 0x80                     ? 1
                  : at[0] >= 0xc2 && at[0] <= 0xdf ? 2
                  : at[0] >= 0xe0 && at[0] <= 0xef ? 3
                  : at[0] >= 0xf0 && at[0] <= 0xf4 ? 4
                                                   : 0;
  if (length < 2 || length > size) return length > size ? 0 : length;
  unsigned char low = at[0] == 0xe0 ? 0xa0 : at[0] == 0xf0 ? 0x90 : 0x80;
  unsigned char high = at[0] == 0xed ? 0x9f : at[0] == 0xf4 ? 0x8f : 0xbf;
  if (at[1] < low || at[1] > high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((at[i] & 0xc0) != 0x80) return 0;
  }
  return length;
}

static bool is_plain(unsigned char byte) { return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\'; }

void json_bytes(struct json *json, const char *name, const void *bytes, size_t size) {
  begin_value(json, name);
  append(json, "\"", 1);
  const unsigned char *at = bytes, *end = at + size;
  while (at < end) {
    const unsigned char *run = at;
    while (at < end && is_plain(*at)) at++;
    append(json, (const char *)run, (size_t)(at - run));
    if (at == end) break;
    size_t length = utf8_length(at, (size_t)(end - at));
    char escaped[8];
    if (length == 0 || *at == '\0')
      snprintf(escaped, sizeof escaped, "\\\\x%02x", *at), append_text(json, escaped);
    else if (*at == '\\')
      append_text(json, "\\\\\\\\");
    else if (*at == '"')
      append_text(json, "\\\"");
    else if (*at < 0x20)
      snprintf(escaped, sizeof escaped, "\\u%04x", *at), append_text(json, escaped);
    else
      append(json, (const char *)at, length);
    at += length == 0 ? 1 : length;
  }
  append(json, "\"", 1);
}

void json_text(struct json *json, const char *name, const char *text) { json_bytes(json, name, text, strlen(text)); }

void json_number(struct json *json, const char *name, uint64_t number) {
  char digits[24];
  snprintf(digits, sizeof digits, "%" PRIu64, number);
  begin_value(json, name);
  append_text(json, digits);
}

void json_bool(struct json *json, const char *name, bool value) {
  begin_value(json, name);
  append_text(json, value ? "true" : "false");
}

void json_null(struct json *json, const char *name) {
  begin_value(json, name);
  append_text(json, "null");
}

void json_hex(struct json *json, const char *name, const uint8_t *bytes, size_t size) {
  begin_value(json, name);
  append(json, "\"", 1);
  for (size_t i = 0; i < size; i++) {
    append(json, &"0123456789abcdef"[bytes[i] >> 4], 1);
    append(json, &"0123456789abcdef"[bytes[i] & 15], 1);
  }
  append(json, "\"", 1);
}

bool json_write(struct json *json, int fd) {
  append(json, "\n", 1);
  if (json->full) return false;
  for (size_t at = 0; at < json->size;) {
    ssize_t written = write(fd, json->text + at, json->size - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += (size_t)written;
  }
  return true;
}
