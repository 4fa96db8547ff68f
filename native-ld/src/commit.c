/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

#define SMALL_MAX ((size_t)4096)
#define PACKED_REFS_MAX ((size_t)16 << 20)

/* A small file's first line, in `line`; false when there is none. */
static bool first_line(const char *path, char *line, size_t space) {
  size_t size;
  char *text = read_file(path, SMALL_MAX, &size);
  if (text == NULL) return false;
  snprintf(line, space, "%.*s", (int)strcspn(text, "\r\n"), text);
  free(text);
  return true;
}

static bool is_commit(const char *text) {
  size_t length = strspn(text, "0123456789abcdef");
  return (length == 40 || length == 64) && (text[length] == '\0' || text[length] == ' ');
}

/* .git, or what the file .git of a worktree or submodule points to, in this directory or one above it. */
static bool git_folder(char *folder, size_t space) {
  char at[4096], marker[4200], line[4097];
  if (getcwd(at, sizeof at) == NULL) return false;
  for (int up = 0; up < 64; up++) {
    struct stat stat_;
    snprintf(marker, sizeof marker, "%s/.git", at);
    if (stat(marker, &stat_) == 0) {
      if (S_ISDIR(stat_.st_mode)) return snprintf(folder, space, "%s", marker) < (int)space;
      if (!first_line(marker, line, sizeof line) || strncmp(line, "gitdir: ", 8) != 0) return false;
      return snprintf(folder, space, "%s%s%s", line[8] == '/' ? "" : at, line[8] == '/' ? "" : "/", line + 8) <
             (int)space;
    }
    char *slash = strrchr(at, '/');
    if (slash == NULL || at[1] == '\0') return false;
    *(slash == at ? slash + 1 : slash) = '\0';
  }
  return false;
}

/* gitrepository-layout(5): a ref is a file of its own, or a line `COMMIT REF` of packed-refs. */
static bool resolve(const char *folder, const char *ref, char *commit, size_t space) {
  char path[8300];
  if (strstr(ref, "..") != NULL) return false;
  snprintf(path, sizeof path, "%s/%s", folder, ref);
  if (first_line(path, commit, space) && is_commit(commit)) return true;
  snprintf(path, sizeof path, "%s/packed-refs", folder);
  size_t size, length = strlen(ref);
  char *text = read_file(path, PACKED_REFS_MAX, &size);
  bool found = false;
  for (char *line = text; line != NULL && !found; line = strchr(line, '\n')) {
    if (*line == '\n') line++;
    const char *name = strchr(line, ' ');
    found = name != NULL && is_commit(line) && strncmp(name + 1, ref, length) == 0 &&
            (name[1 + length] == '\n' || name[1 + length] == '\0');
    if (found) snprintf(commit, space, "%.*s", (int)(name - line), line);
  }
  free(text);
  return found;
}

bool read_commit(char *commit, size_t size) {
  char folder[4200], path[8300], head[4097], common[4097];
  if (!git_folder(folder, sizeof folder)) return false;
  snprintf(path, sizeof path, "%s/HEAD", folder);
  if (!first_line(path, head, sizeof head)) return false;
  if (strncmp(head, "ref: ", 5) != 0) return is_commit(head) && snprintf(commit, size, "%s", head) < (int)size;
  if (resolve(folder, head + 5, commit, size)) return true;
  /* A worktree keeps branches in the repository that it belongs to. */
  snprintf(path, sizeof path, "%s/commondir", folder);
  if (!first_line(path, common, sizeof common)) return false;
  snprintf(path, sizeof path, "%s%s%s", common[0] == '/' ? "" : folder, common[0] == '/' ? "" : "/", common);
  return resolve(path, head + 5, commit, size);
}
