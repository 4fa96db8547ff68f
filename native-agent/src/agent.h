/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

#include "delivery/delivery.h"
#include "identity/rules.h"

struct settings {
  const struct job_rules *rules;
  uid_t user; /* who the agent becomes when root starts it */
  gid_t group;
  const struct delivery_settings *delivery; /* NULL: prints */
};

/* Prints or delivers what happens on this host until SIGTERM or SIGINT, or until nobody reads. Returns an exit code. */
int run_agent(const struct settings *settings);
