/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../base/json.h"
#include "records.h"

/* Prints the lines of JSON that docs/reference/agent.md describes. What is unknown is null. */
enum record_result print_record(enum record_kind kind, const struct image *image, const struct procfs *procfs);
/* A time of EVENT_CLOCK, as RFC 3339. */
void put_time(struct json *json, const char *name, uint64_t time);
