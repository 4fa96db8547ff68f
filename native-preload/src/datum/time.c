/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../wire/fields.h"
#include "datum.h"

void put_time(struct writer *to, const struct context *context) {
#if OGRT_CONFIG_COMPAT_0_5
  put_number(to, PROCESS_START_TIME, context->now.seconds);
#else
  put_number(to, PROCESS_START_TIME, clock_milliseconds(context->now));
  put_number(to, PROCESS_START_TIME_NS, clock_nanoseconds(context->now));
#endif
}
