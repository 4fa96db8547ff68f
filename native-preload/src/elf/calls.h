/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <link.h>
#include <stdbool.h>

/* The addresses of an object, from its first segment to its last. */
struct address_range {
  ElfW(Addr) base, low, high; /* `base` is what the loader has added to its addresses */
};

struct address_range range_of(ElfW(Addr) base, const ElfW(Phdr) *headers, unsigned count);

/*
 * Whether an object may have called a function of another one: its address is in the tables of the object. Where the
 * loader binds functions at their first call, it is there since that call, else from the start.
 */
bool may_have_called(const struct address_range *object, const ElfW(Dyn) *dynamic, const char *function);
