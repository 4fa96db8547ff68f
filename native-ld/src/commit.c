/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

#define MAX_LINE_FILE_BYTES ((size_t)4096)
#define MAX_PACKED_REFS_BYTES ((size_t)16 << 20)
#define MAX_PARENTS 64

/* Reads the first line of a small file. */
static bool read_line(const char *path, char *line, size_t space) {
  size_t size;
  char *text = read_file(path, MAX_LINE_FILE_BYTES, &size);
  if (text == NULL) return false;
  snprintf(line, space, "%.*s", (int)strcspn(text, "\r\n"), text);
  free(text);
  return true;
}

static bool is_commit(const char *text) {
  size_t length = strspn(text, "0123456789abcdef");
  return (length == 40 || length == 64) && (text[length] == '\0' || text[length] == ' ');
}

/* Joins `path`, if it is relative, to `folder`. */
static bool join_path(char *joined, size_t space, const char *folder, const char *path) {
  bool absolute = path[0] == '/';
  return snprintf(joined, space, "%s%s%s", absolute ? "" : folder, absolute ? "" : "/", path) < (int)space;
}

/* Finds .git in this directory or one above it. In a worktree or submodule it is a file that names the directory. */
static bool find_git_folder(char *folder, size_t space) {
  char at[4096], marker[4200], line[4097];
  if (getcwd(at, sizeof at) == NULL) return false;
  for (int up = 0; up < MAX_PARENTS; up++) {
    struct stat stat_;
    snprintf(marker, sizeof marker, "%s/.git", at);
    if (stat(marker, &stat_) == 0) {
      if (S_ISDIR(stat_.st_mode)) return snprintf(folder, space, "%s", marker) < (int)space;
      return read_line(marker, line, sizeof line) && strncmp(line, "gitdir: ", 8) == 0 &&
             join_path(folder, space, at, line + 8);
    }
    char *slash = strrchr(at, '/');
    if (slash == NULL || at[1] == '\0') return false;
    *(slash == at ? slash + 1 : slash) = '\0';
  }
  return false;
}

/* gitrepository-layout(5): a ref is a file, or a line `COMMIT REF` of packed-refs. */
static bool resolve_ref(const char *folder, const char *ref, char *commit, size_t space) {
  char path[8300];
  if (strstr(ref, "..") != NULL) return false;
  snprintf(path, sizeof path, "%s/%s", folder, ref);
  if (read_line(path, commit, space) && is_commit(commit)) return true;
  snprintf(path, sizeof path, "%s/packed-refs", folder);
  size_t size, length = strlen(ref);
  char *text = read_file(path, MAX_PACKED_REFS_BYTES, &size);
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
  if (!find_git_folder(folder, sizeof folder)) return false;
  snprintf(path, sizeof path, "%s/HEAD", folder);
  if (!read_line(path, head, sizeof head)) return false;
  if (strncmp(head, "ref: ", 5) != 0) return is_commit(head) && snprintf(commit, size, "%s", head) < (int)size;
  if (resolve_ref(folder, head + 5, commit, size)) return true;
  /* The branches of a worktree are in its main repository. */
  snprintf(path, sizeof path, "%s/commondir", folder);
  return read_line(path, common, sizeof common) && join_path(path, sizeof path, folder, common) &&
         resolve_ref(path, head + 5, commit, size);
}
