/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* proc_pid_maps(5): a newline in a path is `\012` there, and a backslash is itself, so such a path is not decoded. */
static bool parse(char *line, struct mapping *mapping) {
  uint64_t end;
  char permissions[5];
  int path = -1;
  if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s %*x %" SCNx32 ":%" SCNx32 " %" SCNu64 " %n", &mapping->address, &end,
             permissions, &mapping->file.major, &mapping->file.minor, &mapping->file.inode, &path) < 6 || path < 0) {
    return false;
  }
  if (permissions[2] != 'x' || line[path] != '/') return false;
  line[path + (int)strcspn(line + path, "\n")] = '\0';
  mapping->path = line + path;
  mapping->size = end - mapping->address;
  mapping->file.has_inode = true;
  return true;
}

bool maps_read(uint32_t pid, void (*receive)(void *data, const struct mapping *mapping), void *data) {
  char path[32], *line = NULL;
  size_t space = 0;
  snprintf(path, sizeof path, "/proc/%" PRIu32 "/maps", pid);
  FILE *maps = fopen(path, "re");
  if (maps == NULL) return false;
  while (getline(&line, &space, maps) > 0) {
    struct mapping mapping = {.pid = pid, .fd = -1};
    if (parse(line, &mapping)) receive(data, &mapping);
  }
  free(line);
  fclose(maps);
  return true;
}
