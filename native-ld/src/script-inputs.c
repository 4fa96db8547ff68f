/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "script-inputs.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_SCRIPT_BYTES ((size_t)64 << 10)

bool is_script(const uint8_t *bytes, size_t size) {
  if (size == 0 || size > MAX_SCRIPT_BYTES || memchr(bytes, '\0', size) != NULL) return false;
  return memmem(bytes, size, "INPUT", 5) != NULL || memmem(bytes, size, "GROUP", 5) != NULL;
}

/* Replaces comments by spaces. */
static void blank_comments(char *text) {
  for (char *start = text, *end; (start = strstr(start, "/*")) != NULL; start = end) {
    end = strstr(start + 2, "*/");
    end = end == NULL ? start + strlen(start) : end + 2;
    memset(start, ' ', (size_t)(end - start));
  }
}

static char *readable(char *path) {
  if (access(path, R_OK) == 0) return path;
  free(path);
  return NULL;
}

/* A path in the sysroot comes first; a name is searched beside the script, here, and in the directories of -L. */
static char *resolve(const struct command *command, const char *script, char *name) {
  char *path = NULL, *found = NULL;
  if (strncmp(name, "-l", 2) == 0) return find_library(name + 2, &command->search, false, name);
  if (name[0] == '=') name++;
  if (name[0] == '/') {
    if (command->sysroot[0] != '\0' && asprintf(&path, "%s%s", command->sysroot, name) >= 0) found = readable(path);
    return found == NULL ? name : found;
  }
  if (asprintf(&path, "%.*s%s", (int)(base_name(script) - script), script, name) >= 0) found = readable(path);
  if (found == NULL && access(name, R_OK) == 0) return name;
  for (size_t i = 0; found == NULL && i < command->search.count; i++) {
    if (asprintf(&path, "%s/%s", command->search.items[i], name) >= 0) found = readable(path);
  }
  return found == NULL ? name : found;
}

struct words script_inputs(const struct command *command, const char *script) {
  static const char SEPARATORS[] = "(),; \t\r\n";
  struct words inputs = {0};
  size_t size;
  int depth = 0;
  bool opens = false;
  char *text = read_file(script, MAX_SCRIPT_BYTES, &size);
  if (text == NULL) return inputs;
  blank_comments(text);
  for (char *at = text; *at != '\0';) {
    if (strchr(SEPARATORS, *at) != NULL) {
      if (*at == '(' && (opens || depth > 0)) depth++;
      if (*at == ')' && depth > 0) depth--;
      if (!isspace((unsigned char)*at)) opens = false;
      at++;
      continue;
    }
    bool quoted = *at == '"';
    char *start = quoted ? ++at : at;
    size_t length = strcspn(at, quoted ? "\"" : SEPARATORS);
    at += length;
    if (quoted && *at == '"') at++;
    char *word = strndup(start, length);
    if (word == NULL) break;
    bool as_needed = strcmp(word, "AS_NEEDED") == 0;
    opens = strcmp(word, "INPUT") == 0 || strcmp(word, "GROUP") == 0;
    if (depth > 0 && !as_needed) words_add(&inputs, resolve(command, script, word));
  }
  free(text);
  return inputs;
}
