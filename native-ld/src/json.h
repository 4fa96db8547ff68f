/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_JSON_H
#define OGRT_LD_JSON_H

#include <stdbool.h>
#include <stddef.h>

/* JSON text in a buffer of `space` bytes. Text that does not fit is omitted and sets `full`. */
struct json {
  char *text;
  size_t size, space;
  bool full;
};

void json_raw(struct json *json, const char *text);
/* Appends a string in the reversible text of the library: `\\` for a backslash, `\xHH` for a byte that is not UTF-8. */
bool json_string(struct json *json, const char *bytes);

#endif
