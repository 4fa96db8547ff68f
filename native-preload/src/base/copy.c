/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "copy.h"

#include "memory.h"
#include "system.h"

enum { MIN_PAGE_BYTES = 4096, ALIGNMENT = 16 };

static size_t bytes_to_page_end(const void *from) { return MIN_PAGE_BYTES - (uintptr_t)from % MIN_PAGE_BYTES; }

/*
 * Probes by rt_sigprocmask(2), which a program needs to create a thread and to abort. Where other threads run, a page
 * could be unmapped right after its probe.
 */
COLD static bool copy_probed(uint8_t *to, const uint8_t *from, size_t size) {
  while (size > 0) {
    const size_t rest = bytes_to_page_end(from);
    const size_t part = size < rest ? size : rest;
    if (!system_can_read((const void *)((uintptr_t)from & ~(uintptr_t)(MIN_PAGE_BYTES - 1)))) return false;
    memcpy(to, from, part);
    to += part;
    from += part;
    size -= part;
  }
  return true;
}

COLD void *copy_memory(struct copies *copies, const void *from, size_t size) {
  if (!copies->decided) {
    copies->probing = copies->alone || system_has_filter();
    copies->decided = true;
  }
  if (size > (size_t)(copies->end - copies->at)) return NULL;
  uint8_t *const to = copies->at;
  if (copies->probing || !system_copy_own_memory(copies->process_id, to, from, size)) {
    if (!copy_probed(to, from, size)) return NULL;
  }
  const size_t padded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
  copies->at += padded < (size_t)(copies->end - to) ? padded : (size_t)(copies->end - to);
  return to;
}

COLD const char *copy_text(struct copies *copies, const char *from, size_t max, size_t *size) {
  char *const text = (char *)copies->at;
  for (size_t held = 0; held <= max;) {
    copies->at = (uint8_t *)text + held;
    const size_t part = bytes_to_page_end(from + held);
    if (copy_memory(copies, from + held, part) == NULL) return NULL;
    const size_t length = text_length_within(text + held, part);
    held += length;
    if (length == part) continue;
    *size = held;
    return held <= max ? text : NULL;
  }
  return NULL;
}
