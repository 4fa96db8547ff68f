/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "thin-archive.h"

#include <ar.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

#define MAX_ARCHIVE_BYTES ((size_t)256 << 20)

/* The name of a member from its header, or from the table of long names for `/OFFSET`; `/` ends both. */
static char *member_name(char *header, char *names, size_t names_size) {
  char *name = header;
  size_t space = sizeof((struct ar_hdr *)0)->ar_name;
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

void visit_thin_members(const char *archive, void (*visit)(void *data, const char *path), void *data) {
  size_t size, names_size = 0;
  char *bytes = read_file(archive, MAX_ARCHIVE_BYTES, &size), *names = NULL;
  int folder_length = (int)(base_name(archive) - archive);
  const size_t header_size = sizeof(struct ar_hdr);
  for (size_t at = SARMAG; bytes != NULL && at + header_size <= size; at += header_size + (at & 1)) {
    char *header = bytes + at, *path;
    if (memcmp(header + offsetof(struct ar_hdr, ar_fmag), ARFMAG, 2) != 0) break;
    bool table = header[0] == '/' && (header[1] == ' ' || header[1] == '/' || strncmp(header, "/SYM64/", 7) == 0);
    if (table) {
      /* The symbol table and the table of long names are the only members with contents. */
      unsigned long long length = strtoull(header + offsetof(struct ar_hdr, ar_size), NULL, 10);
      if (length > size - at - header_size) break;
      if (header[1] == '/') names = header + header_size, names_size = (size_t)length;
      at += (size_t)length + (length & 1);
      continue;
    }
    char *name = member_name(header, names, names_size);
    if (name != NULL && asprintf(&path, "%.*s%s", name[0] == '/' ? 0 : folder_length, archive, name) >= 0) {
      visit(data, path);
      free(path);
    }
    free(name);
  }
  free(bytes);
}
