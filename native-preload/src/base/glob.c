/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "glob.h"

#include "memory.h"

/*
 * No recursion: on a mismatch only the last `*` takes one more byte, because it can match whatever an earlier one
 * could.
 */
static bool glob_matches(const char *pattern, size_t pattern_size, const char *text, size_t size) {
  size_t at = 0, in = 0;
  size_t star = pattern_size, star_in = 0;
  while (in < size) {
    if (at < pattern_size && pattern[at] == '*') {
      star = at++;
      star_in = in;
    } else if (at < pattern_size && (pattern[at] == '?' || pattern[at] == text[in])) {
      at++;
      in++;
    } else if (star < pattern_size) {
      at = star + 1;
      in = ++star_in;
    } else {
      return false;
    }
  }
  while (at < pattern_size && pattern[at] == '*') at++;
  return at == pattern_size;
}

static bool is_path_prefix(const char *pattern, size_t pattern_size, const char *text, size_t size) {
  while (pattern_size > 1 && pattern[pattern_size - 1] == '/') pattern_size--;
  if (pattern_size > size || !same_bytes(pattern, text, pattern_size)) return false;
  return pattern_size == 1 || pattern_size == size || text[pattern_size] == '/';
}

COLD bool glob_list_matches(const char *list, const char *text, size_t size) {
  while (*list != '\0') {
    size_t length = 0;
    bool is_glob = list[0] != '/';
    while (list[length] != ':' && list[length] != '\0') {
      if (list[length] == '*' || list[length] == '?') is_glob = true;
      length++;
    }
    if (length > 0 &&
        (is_glob ? glob_matches(list, length, text, size) : is_path_prefix(list, length, text, size))) {
      return true;
    }
    list += length;
    if (*list == ':') list++;
  }
  return false;
}
