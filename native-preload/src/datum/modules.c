/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/memory.h"
#include "../wire/fields.h"
#include "datum.h"

/* The collector rejects a frame with a longer one. */
enum { MAX_MODULE_BYTES = 4080, OVERHEAD_BYTES = 16 };

/* LOADEDMODULES, set by Lmod and by Tcl modules: colon-separated names. */
unsigned put_modules(struct writer *to, const struct context *context) {
  const char *text = context->variables.values[VARIABLE_LOADEDMODULES];
  unsigned omitted = 0;
  while (text != NULL && *text != '\0') {
    const size_t length = text_length_to(text, ':');
    if (length > 0) {
      size_t room;
      uint8_t *module = open_bytes(to, PROCESS_START_LOADED_MODULES, &room);
      const unsigned skipped = to->skipped;
      const bool fits = module != NULL && length <= MAX_MODULE_BYTES && length + OVERHEAD_BYTES <= room;
      if (fits) put_bytes(to, MODULE_NAME, text, length);
      if (fits && to->skipped == skipped) {
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
