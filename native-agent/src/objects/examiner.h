/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "objects.h"

/* The thread that opens files. While a file system hangs, requests stay in its queue, which has a bound. */
bool examiner_start(void);
/* False if the queue is full; the caller keeps the object alive until its result is collected. Takes mapping->fd. */
bool examiner_add(struct object *object, const struct mapping *mapping);
/* Hands over the results so far. */
void examiner_collect(void (*take)(struct object *object, const struct finding *finding));
