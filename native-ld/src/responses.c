/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "responses.h"

#include <string.h>

#define RESPONSE_MAX ((size_t)256 << 20)
/* A file that names itself would otherwise be read for ever. */
#define RESPONSES_MAX 2000

static bool space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Ends the word at `text` in place, quotes and backslashes taken away, and returns where the next may begin. */
static char *end_word(char *text) {
  char *from = text, *to = text;
  char quote = '\0';
  while (*from != '\0' && (quote != '\0' || !space(*from))) {
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
  if (word[0] == '@' && depth < 16 && (*files)++ < RESPONSES_MAX) text = read_file(word + 1, RESPONSE_MAX, &size);
  if (text == NULL) {
    words_add(words, word);
    return;
  }
  /* Never freed: the words point into it until the linker takes this process over. */
  for (char *at = text; !words->overflow;) {
    while (space(*at)) at++;
    if (*at == '\0') break;
    char *start = at;
    at = end_word(start);
    expand(words, start, files, depth + 1);
  }
}

struct words expand_responses(char **arguments) {
  struct words words = {0};
  int files = 0;
  for (; *arguments != NULL; arguments++) expand(&words, *arguments, &files, 0);
  return words;
}
