/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "response-files.h"

#include <string.h>

#define MAX_RESPONSE_FILE_BYTES ((size_t)256 << 20)
/* Ends the expansion of a file that includes itself. */
#define MAX_RESPONSE_FILES 2000
#define MAX_DEPTH 16

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Unquotes and terminates the word at `text` in place. Returns the position after it. */
static char *end_word(char *text) {
  char *from = text, *to = text;
  char quote = '\0';
  while (*from != '\0' && (quote != '\0' || !is_space(*from))) {
    if (*from == '\\' && from[1] != '\0')
      from++, *to++ = *from++;
    else if (quote == *from)
      quote = '\0', from++;
    else if (quote == '\0' && (*from == '\'' || *from == '"'))
      quote = *from++;
    else
      *to++ = *from++;
  }
  char *next = *from == '\0' ? from : from + 1;
  *to = '\0';
  return next;
}

static void expand(struct words *words, char *word, int *files, int depth) {
  size_t size;
  char *text = NULL;
  if (word[0] == '@' && depth < MAX_DEPTH && (*files)++ < MAX_RESPONSE_FILES)
    text = read_file(word + 1, MAX_RESPONSE_FILE_BYTES, &size);
  if (text == NULL) {
    words_add(words, word);
    return;
  }
  /* Not freed: the words point into it until exec. */
  for (char *at = text; !words->overflow;) {
    while (is_space(*at)) at++;
    if (*at == '\0') break;
    char *start = at;
    at = end_word(start);
    expand(words, start, files, depth + 1);
  }
}

struct words expand_response_files(char **arguments) {
  struct words words = {0};
  int files = 0;
  for (; *arguments != NULL; arguments++) expand(&words, *arguments, &files, 0);
  return words;
}
