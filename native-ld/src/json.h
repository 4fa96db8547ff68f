/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef OGRT_LD_JSON_H
#define OGRT_LD_JSON_H

#include <stdbool.h>
#include <stddef.h>

/* JSON text that never grows beyond its space. What does not fit is left out whole, and `full` set. */
struct json {
  char *text;
  size_t size, space;
  bool full;
};

void json_raw(struct json *json, const char *text);
/* A string in the library's reversible text: a backslash as \\, bytes that are no UTF-8 as \xHH. False if it did not
 * fit. */
bool json_string(struct json *json, const char *bytes);

#endif
