/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>

/* Whether there is a filter for this architecture. */
bool filter_is_supported(void);
/* seccomp(2): of the agent, in which every other system call fails; call it before there are other threads. */
bool filter_agent(void);
/* Of the process that delivers: sockets, and files that are open or in the directory of the spool. */
bool filter_delivery(void);
/* Of the process that parses files; any other system call kills it. */
bool filter_reader(void);
