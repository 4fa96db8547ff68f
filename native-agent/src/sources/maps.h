/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../objects/mapped.h"

/* The executable mappings of a process, as /proc/PID/maps shows them: without build-ids. False if it is gone. */
bool maps_read(uint32_t pid, void (*receive)(void *data, const struct mapping *mapping), void *data);
