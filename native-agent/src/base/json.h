/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * One line of JSON, in memory that grows up to MAX_LINE_BYTES. A name is NULL for elements of arrays. Bytes are written
 * as the reversible text of the library: `\\` for a backslash, `\xHH` for NUL and for what is not UTF-8.
 */
enum { MAX_LINE_BYTES = 8 << 20 };

struct json {
  char *text;
  size_t size, space;
  bool full;  /* something did not fit: the line is not valid */
  bool comma; /* the next value follows another one */
};

void json_begin(struct json *json);
void json_open(struct json *json, const char *name, char bracket);
void json_close(struct json *json, char bracket);
void json_bytes(struct json *json, const char *name, const void *bytes, size_t size);
void json_text(struct json *json, const char *name, const char *text);
void json_number(struct json *json, const char *name, uint64_t number);
void json_bool(struct json *json, const char *name, bool value);
void json_null(struct json *json, const char *name);
void json_hex(struct json *json, const char *name, const uint8_t *bytes, size_t size);
/* Writes the line to a descriptor. False if it did not fit, or nobody reads. */
bool json_write(struct json *json, int fd);
