/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"

#define ARCHIVE_MAX ((size_t)256 << 20)
#define HEADER_SIZE 60

/* The member's name, ended by `/`, from its header or, for `/OFFSET`, from the table of long names. */
static char *member_name(char *header, char *names, size_t names_size) {
  char *name = header;
  size_t space = 16;
  if (header[0] == '/') {
    unsigned long long offset = strtoull(header + 1, NULL, 10);
    if (names == NULL || offset >= names_size) return NULL;
    name = names + offset;
    space = names_size - offset;
  }
  char *end = memchr(name, '\n', space), *slash = NULL;
  if (name != header && end != NULL)
    slash = end > name && end[-1] == '/' ? end - 1 : NULL;
  else if (name == header)
    slash = memchr(name, '/', space);
  return slash == NULL ? NULL : strndup(name, (size_t)(slash - name));
}

void thin_members(const char *archive, void (*visit)(void *data, const char *path), void *data) {
  size_t size, names_size = 0;
  char *bytes = read_file(archive, ARCHIVE_MAX, &size), *names = NULL;
  int folder = (int)(base_name(archive) - archive);
  for (size_t at = 8; bytes != NULL && at + HEADER_SIZE <= size; at += HEADER_SIZE + (at & 1)) {
    char *header = bytes + at, *path;
    if (memcmp(header + 58, "`\n", 2) != 0) break;
    bool table = header[0] == '/' && (header[1] == ' ' || header[1] == '/' || strncmp(header, "/SYM64/", 7) == 0);
    if (table) {
      /* The only contents in a thin archive: the symbols, and the long names. */
      unsigned long long length = strtoull(header + 48, NULL, 10);
      if (length > size - at - HEADER_SIZE) break;
      if (header[1] == '/') names = header + HEADER_SIZE, names_size = (size_t)length;
      at += (size_t)length + (length & 1);
      continue;
    }
    char *name = member_name(header, names, names_size);
    if (name != NULL && asprintf(&path, "%.*s%s", name[0] == '/' ? 0 : folder, archive, name) >= 0) {
      visit(data, path);
      free(path);
    }
    free(name);
  }
  free(bytes);
}
