/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Everything that a site decides at compile time. The Makefile passes each of these as -D from a variable of the same
 * name without the prefix: `make SERVER=udp://192.0.2.1:7971`.
 */

#ifndef OGRT_CONFIG_VERSION
#define OGRT_CONFIG_VERSION "unknown"
#endif

/* Where reports go unless OGRT_SERVER names another place. */
#ifndef OGRT_CONFIG_SERVER
#define OGRT_CONFIG_SERVER "udp://127.0.0.1:7971"
#endif

/* 1: report unless OGRT_ACTIVE=0; 0: report only with OGRT_ACTIVE=1. */
#ifndef OGRT_CONFIG_ACTIVE
#define OGRT_CONFIG_ACTIVE 0
#endif

/*
 * Variables that name the job, the first that is set wins: X(variable, other variable that must be set too or "").
 * SGE's JOB_ID is too common a name to be believed alone.
 */
#ifndef OGRT_CONFIG_JOB_VARIABLES
#define OGRT_CONFIG_JOB_VARIABLES(X) \
  X("OGRT_JOB_ID", "")               \
  X("SLURM_JOB_ID", "")              \
  X("PBS_JOBID", "")                 \
  X("LSB_JOBID", "")                 \
  X("JOB_ID", "SGE_ROOT")            \
  X("FLUX_JOB_ID", "")               \
  X("JOBID", "")
#endif

/* Largest UDP payload over IPv4; a site whose network loses IP fragments sets it to its MTU minus 28. */
#ifndef OGRT_CONFIG_DATAGRAM_MAX
#define OGRT_CONFIG_DATAGRAM_MAX 65507
#endif

/* 1: what a deployed 0.5 server understands: seconds in `time`, one joined command line, one frame, no newer field. */
#ifndef OGRT_CONFIG_COMPAT_0_5
#define OGRT_CONFIG_COMPAT_0_5 0
#endif

/* Variables that are sent: globs over names with colons between them; "*" for all, "" for none. */
#ifndef OGRT_CONFIG_ENVIRONMENT
#define OGRT_CONFIG_ENVIRONMENT ""
#endif

/*
 * Executables that are not reported, and those of them that are after all: patterns with colons between them. A pattern
 * that starts with a slash and has no wildcard is a folder or file; `*` stands for any bytes, slashes too, `?` for one.
 */
#ifndef OGRT_CONFIG_SKIP
#define OGRT_CONFIG_SKIP ""
#endif
#ifndef OGRT_CONFIG_KEEP
#define OGRT_CONFIG_KEEP ""
#endif

/* One job in so many is reported, whole; processes of no job always are. */
#ifndef OGRT_CONFIG_SAMPLE
#define OGRT_CONFIG_SAMPLE 1
#endif

/* 1: OGRT_SERVER, OGRT_SKIP, OGRT_KEEP and OGRT_SAMPLE are not looked at. */
#ifndef OGRT_CONFIG_LOCK
#define OGRT_CONFIG_LOCK 0
#endif

/* What is not sent; the Makefile's WITHOUT="arguments end" sets these to 1. */
#ifndef OGRT_CONFIG_WITHOUT_ARGUMENTS
#define OGRT_CONFIG_WITHOUT_ARGUMENTS 0
#endif
#ifndef OGRT_CONFIG_WITHOUT_MODULES
#define OGRT_CONFIG_WITHOUT_MODULES 0
#endif
#ifndef OGRT_CONFIG_WITHOUT_USER_NAME
#define OGRT_CONFIG_WITHOUT_USER_NAME 0
#endif
#ifndef OGRT_CONFIG_WITHOUT_PLACEMENT
#define OGRT_CONFIG_WITHOUT_PLACEMENT 0
#endif
#ifndef OGRT_CONFIG_WITHOUT_CONTAINER
#define OGRT_CONFIG_WITHOUT_CONTAINER 0
#endif
#ifndef OGRT_CONFIG_WITHOUT_LOADER_VARIABLES
#define OGRT_CONFIG_WITHOUT_LOADER_VARIABLES 0
#endif
#ifndef OGRT_CONFIG_WITHOUT_END /* the record at the end of a process, with it what was loaded later */
#define OGRT_CONFIG_WITHOUT_END 0
#endif

/* What a stream (tcp, unix) may cost a process at most, connecting included. */
#ifndef OGRT_CONFIG_DEADLINE_MS
#define OGRT_CONFIG_DEADLINE_MS 20
#endif
