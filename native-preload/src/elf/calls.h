/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <link.h>
#include <stdbool.h>

/*
 * Whether an object may have called a function of another one: its address is in the tables of the object. Where the
 * loader binds functions at their first call, it is there since that call, else from the start.
 */
bool may_have_called(const struct dl_phdr_info *object, const ElfW(Dyn) *dynamic, const char *function);
