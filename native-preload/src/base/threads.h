/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>

#include "file.h"

/* Whether no thread was ever created. False if that is unknown. Makes no system call. */
bool has_had_no_threads(void);

/*
 * Whether this thread may call dl_iterate_phdr(3) once it is the only one. It may be in a signal handler that has
 * interrupted dlopen(3): the lock of glibc is recursive, that of musl is not.
 */
bool may_lock_loader(void);

/* Whether no other thread is running. False if that is unknown. */
bool is_only_thread(struct scratch *scratch);
