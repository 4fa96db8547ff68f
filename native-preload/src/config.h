/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Compile-time settings of a site. The Makefile defines each one from a variable of the same name without the prefix:
 * `make SERVER=udp://192.0.2.1:7971`.
 */

#ifndef OGRT_CONFIG_VERSION
#define OGRT_CONFIG_VERSION "unknown"
#endif

/* Default destination of reports; OGRT_SERVER overrides it. */
#ifndef OGRT_CONFIG_SERVER
#define OGRT_CONFIG_SERVER "udp://127.0.0.1:7971"
#endif

/* 1: report unless OGRT_ACTIVE=0; 0: report only with OGRT_ACTIVE=1. */
#ifndef OGRT_CONFIG_ACTIVE
#define OGRT_CONFIG_ACTIVE 0
#endif

/*
 * Variables that hold the job id; the first one that is set wins: X(variable, variable that must also be set, or "").
 * JOB_ID of SGE is too common a name to be trusted without SGE_ROOT.
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

/* The default is the largest UDP payload over IPv4. If the network drops IP fragments, set it to the MTU minus 28. */
#ifndef OGRT_CONFIG_MAX_DATAGRAM_BYTES
#define OGRT_CONFIG_MAX_DATAGRAM_BYTES 65507
#endif

/* 1: compatible with deployed 0.5 servers: `time` in seconds, one joined command line, one frame, no newer fields. */
#ifndef OGRT_CONFIG_COMPAT_0_5
#define OGRT_CONFIG_COMPAT_0_5 0
#endif

/*
 * Environment variables to send: colon-separated globs over their names; "*" sends all. The default is SENT_VARIABLES of
 * datum/variables.h, which are found without a search.
 */
#ifdef OGRT_CONFIG_ENVIRONMENT
#define OGRT_CONFIG_HAS_ENVIRONMENT 1
#else
#define OGRT_CONFIG_HAS_ENVIRONMENT 0
#define OGRT_CONFIG_ENVIRONMENT ""
#endif

/*
 * SKIP lists executables that are not reported, KEEP the exceptions to it. Both are colon-separated patterns. A
 * pattern that starts with a slash and has no wildcard matches that file, or everything below that directory. `*`
 * matches any bytes including slashes, `?` one byte.
 */
#ifndef OGRT_CONFIG_SKIP
#define OGRT_CONFIG_SKIP ""
#endif
#ifndef OGRT_CONFIG_KEEP
#define OGRT_CONFIG_KEEP ""
#endif

/*
 * Scripts that are not reported, as they were named to execve(2): those that a scheduler runs around every task, such as
 * TaskProlog: colon-separated paths of files, or of directories for all below them.
 */
#ifndef OGRT_CONFIG_HELPERS
#define OGRT_CONFIG_HELPERS "/etc/ogrt:/etc/slurm"
#endif

/* N: report one job in N, with all its processes. Processes outside jobs are always reported. */
#ifndef OGRT_CONFIG_SAMPLE
#define OGRT_CONFIG_SAMPLE 1
#endif

/* 1: ignore OGRT_SERVER, OGRT_SKIP, OGRT_KEEP and OGRT_SAMPLE. */
#ifndef OGRT_CONFIG_LOCK
#define OGRT_CONFIG_LOCK 0
#endif

/* 1: do not send this part of a report. `make WITHOUT="arguments end"` sets these. */
#ifndef OGRT_CONFIG_WITHOUT_ARGUMENTS
#define OGRT_CONFIG_WITHOUT_ARGUMENTS 0
#endif
#ifndef OGRT_CONFIG_WITHOUT_ENVIRONMENT
#define OGRT_CONFIG_WITHOUT_ENVIRONMENT 0
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
#ifndef OGRT_CONFIG_WITHOUT_END /* the end record, which also lists objects loaded after the start */
#define OGRT_CONFIG_WITHOUT_END 0
#endif

/* Longest time that a report over a stream (tcp, unix) may delay a process, including the connection. */
#ifndef OGRT_CONFIG_STREAM_DEADLINE_MS
#define OGRT_CONFIG_STREAM_DEADLINE_MS 20
#endif
