/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../wire/fields.h"
#include "datum.h"

/* LOADEDMODULES, set by Lmod and by Tcl modules: colon-separated names. */
unsigned put_modules(struct writer *to, const struct context *context) {
  const char *text = context->variables.values[VARIABLE_LOADEDMODULES];
  unsigned omitted = 0;
  while (text != NULL && *text != '\0') {
    size_t length = 0;
    while (text[length] != ':' && text[length] != '\0') length++;
    if (length > 0) {
      size_t room;
      uint8_t *module = open_bytes(to, PROCESS_START_LOADED_MODULES, &room);
      const unsigned skipped = to->skipped;
      if (module != NULL && length + 16 <= room) put_bytes(to, MODULE_NAME, text, length);
      const bool whole = module != NULL && length + 16 <= room && to->skipped == skipped;
      if (whole) {
        close_bytes(to, module, (size_t)(to->at - module));
      } else {
        if (module != NULL) abandon_bytes(to, module);
        omitted++;
      }
    }
    text += length;
    if (*text == ':') text++;
  }
  return omitted;
}
