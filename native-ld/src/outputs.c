/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "outputs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "util.h"

#define MAX_DEPENDENCY_FILE_BYTES ((size_t)256 << 20)
#define MAX_MAP_BYTES ((size_t)512 << 20)
#define MAX_NOTES_BYTES ((size_t)1 << 20)
/* The name of the stamp in maps. */
#define PUBLIC_NAME "ogrt-stamp.o"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* The text from `from` up to the next occurrence of `name`, or up to the end, is copied to `to`, which may overlap. */
static char *copy_until(char **to, char *from, char *end, const char *name, size_t length) {
  char *found = memmem(from, (size_t)(end - from), name, length);
  size_t size = (size_t)((found == NULL ? end : found) - from);
  memmove(*to, from, size);
  *to += size;
  return found;
}

/*
 * Removes `name` from the text of a makefile and returns the new end. Linkers write one prerequisite a line, continued
 * by backslashes, or all in one line; and then a target `NAME:` for each prerequisite, with an empty line before or
 * after it.
 */
static char *remove_prerequisite(char *text, char *end, const char *name) {
  size_t length = strlen(name);
  char *to = text, *from = text, *found;
  while ((found = copy_until(&to, from, end, name, length)) != NULL) {
    from = found + length;
    bool starts = to == text || is_blank(to[-1]) || to[-1] == '\n';
    if (!starts || strchr(" \t\n:\\", *from) == NULL) {
      memmove(to, found, length);
      to += length;
      continue;
    }
    bool own_line = to == text || to[-1] == '\n';
    if (*from == ':' && own_line) {
      while (from < end && (*from == ':' || is_blank(*from))) from++;
      if (from < end && *from == '\n') from++;
      if (from < end && *from == '\n')
        from++;
      else if (from == end && to > text + 1 && to[-1] == '\n' && to[-2] == '\n')
        to--;
      continue;
    }
    while (to > text && is_blank(to[-1])) to--;
    bool continuation = to > text + 1 && to[-1] == '\n' && to[-2] == '\\';
    if (!continuation) continue;
    /* Either the next prerequisite follows the backslash before this one, or this one was the last. */
    char *rest = from + strspn(from, " \t");
    if (rest[0] == '\\' && rest[1] == '\n')
      from = rest + 2;
    else
      for (to -= 2; to > text && is_blank(to[-1]);) to--;
  }
  return to;
}

/* Replaces `name` by the public name and returns the new end. The text does not grow. */
static char *rename_stamp(char *text, char *end, const char *name) {
  size_t length = strlen(name), public_length = sizeof PUBLIC_NAME - 1;
  char *to = text, *from = text, *found;
  while (length >= public_length && (found = copy_until(&to, from, end, name, length)) != NULL) {
    memcpy(to, PUBLIC_NAME, public_length);
    to += public_length;
    from = found + length;
  }
  return length < public_length ? end : to;
}

static void rewrite(const char *path, const char *name, size_t limit,
                    char *(*edit)(char *text, char *end, const char *name)) {
  size_t size;
  char *text = path == NULL ? NULL : read_file(path, limit, &size);
  if (text != NULL && memmem(text, size, name, strlen(name)) != NULL) {
    char *end = edit(text, text + size, name);
    int fd = open(path, O_WRONLY | O_TRUNC | O_CLOEXEC);
    if (fd >= 0) {
      write_all(fd, text, (size_t)(end - text));
      close(fd);
    }
  }
  free(text);
}

/* ld of binutils also takes a directory, or a name with `%` for the output ("-Map"). */
static void clean_map(const char *map, const char *output, const char *stamp) {
  const char *percent = strchr(map, '%');
  char *named;
  int length = percent == NULL ? asprintf(&named, "%s/%s.map", map, base_name(output))
                               : asprintf(&named, "%.*s%s%s", (int)(percent - map), map, output,
                                          percent[1] == '\0' ? ".map" : percent + 1);
  rewrite(map, stamp, MAX_MAP_BYTES, rename_stamp);
  if (length < 0) return;
  rewrite(named, stamp, MAX_MAP_BYTES, rename_stamp);
  free(named);
}

void clean_outputs(const struct command *command, const char *stamp) {
  rewrite(command->dependency_file, stamp, MAX_DEPENDENCY_FILE_BYTES, remove_prerequisite);
  for (size_t i = 0; i < command->reports.count; i++)
    rewrite(command->reports.items[i], stamp, MAX_MAP_BYTES, rename_stamp);
  if (command->map != NULL) clean_map(command->map, command->output, stamp);
}

/* Whether the bytes at an offset of a file contain the UUID. */
static bool contains_uuid(int fd, uint64_t offset, uint64_t size, const char *uuid) {
  char *bytes = size > MAX_NOTES_BYTES ? NULL : malloc(size + 1);
  ssize_t count = bytes == NULL ? -1 : pread(fd, bytes, size, (off_t)offset);
  bool found = count > 0 && memmem(bytes, (size_t)count, uuid, strlen(uuid)) != NULL;
  free(bytes);
  return found;
}

enum outcome inspect_output(const char *output, const char *uuid) {
  size_t size;
  uint8_t header[sizeof(Elf64_Ehdr)];
  int fd = open_regular(output, &size);
  if (fd < 0) return OUTCOME_UNKNOWN;
  ssize_t count = pread(fd, header, sizeof header, 0);
  struct program_headers table = read_program_headers(header, count < 0 ? 0 : (size_t)count);
  enum outcome outcome = table.entry_size == 0 ? OUTCOME_UNKNOWN : OUTCOME_UNSTAMPED;
  for (unsigned i = 0; i < table.count && outcome == OUTCOME_UNSTAMPED; i++) {
    uint8_t entry[sizeof(Elf64_Phdr)];
    struct segment segment;
    if (pread(fd, entry, table.entry_size, (off_t)(table.offset + i * table.entry_size)) != (ssize_t)table.entry_size)
      break;
    segment = read_segment(&table, entry);
    if (segment.type == PT_NOTE && contains_uuid(fd, segment.offset, segment.size, uuid)) outcome = OUTCOME_STAMPED;
  }
  close(fd);
  return outcome;
}
