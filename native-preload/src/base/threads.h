/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>

#include "file.h"

/* Whether no thread was ever created. False if that is unknown. Makes no system call. */
bool has_had_no_threads(void);

/* Whether no other thread is running. False if that is unknown. */
bool is_only_thread(struct scratch *scratch);
