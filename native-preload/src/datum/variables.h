/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../config.h"

#include <stdbool.h>

/*
 * The environment variables that are sent by default: those that the collector's rules for odd environments read. They hold
 * no secrets. LD_LIBRARY_PATH has a field of its own.
 */
#define SENT_VARIABLES(X)              \
  X(LANG, "LANG")                      \
  X(LC_ALL, "LC_ALL")                  \
  X(OMP_NUM_THREADS, "OMP_NUM_THREADS") \
  X(PATH, "PATH")

/*
 * The environment variables that the library reads, all found in one pass: X(symbol, name). Those from
 * VARIABLE_FIRST_CONTAINER to VARIABLE_LAST_CONTAINER belong to container runtimes, the most reliable first.
 */
#define FIXED_VARIABLES(X)                                       \
  SENT_VARIABLES(X)                                              \
  X(SERVER, "OGRT_SERVER")                                       \
  X(SKIP, "OGRT_SKIP")                                           \
  X(KEEP, "OGRT_KEEP")                                           \
  X(SAMPLE, "OGRT_SAMPLE")                                       \
  X(USER, "USER")                                                \
  X(LOGNAME, "LOGNAME")                                          \
  X(LOADEDMODULES, "LOADEDMODULES")                              \
  X(LD_LIBRARY_PATH, "LD_LIBRARY_PATH")                          \
  X(LD_PRELOAD, "LD_PRELOAD")                                    \
  X(SLURM_CLUSTER_NAME, "SLURM_CLUSTER_NAME")                    \
  X(SLURM_STEP_ID, "SLURM_STEP_ID")                              \
  X(SLURM_ARRAY_JOB_ID, "SLURM_ARRAY_JOB_ID")                    \
  X(SLURM_ARRAY_TASK_ID, "SLURM_ARRAY_TASK_ID")                  \
  X(SLURM_NODEID, "SLURM_NODEID")                                \
  X(SLURM_PROCID, "SLURM_PROCID")                                \
  X(SLURM_LOCALID, "SLURM_LOCALID")                              \
  X(PBS_ARRAY_INDEX, "PBS_ARRAY_INDEX")                          \
  X(LSB_JOBINDEX, "LSB_JOBINDEX")                                \
  X(SGE_TASK_ID, "SGE_TASK_ID")                                  \
  X(PMIX_RANK, "PMIX_RANK")                                      \
  X(OMPI_COMM_WORLD_RANK, "OMPI_COMM_WORLD_RANK")                \
  X(OMPI_COMM_WORLD_LOCAL_RANK, "OMPI_COMM_WORLD_LOCAL_RANK")    \
  X(APPTAINER_CONTAINER, "APPTAINER_CONTAINER")                  \
  X(SINGULARITY_CONTAINER, "SINGULARITY_CONTAINER")              \
  X(SHIFTER_IMAGEREQUEST, "SHIFTER_IMAGEREQUEST")                \
  X(CH_RUNNING, "CH_RUNNING")                                    \
  X(CONTAINER, "container")                                      \
  X(KUBERNETES_SERVICE_HOST, "KUBERNETES_SERVICE_HOST")

enum variable {
#define SYMBOL(symbol, name) VARIABLE_##symbol,
  FIXED_VARIABLES(SYMBOL)
#undef SYMBOL
  VARIABLE_FIRST_JOB, /* two entries for each of OGRT_CONFIG_JOB_VARIABLES: the variable and its companion */
};

enum {
  VARIABLE_FIRST_SENT = VARIABLE_LANG,
  VARIABLE_LAST_SENT = VARIABLE_PATH,
  VARIABLE_FIRST_CONTAINER = VARIABLE_APPTAINER_CONTAINER,
  VARIABLE_LAST_CONTAINER = VARIABLE_KUBERNETES_SERVICE_HOST,
#define COUNT_JOB_VARIABLE(name, companion) +2 /* NOLINT(bugprone-macro-parentheses): terms of a sum */
  JOB_VARIABLE_SLOTS = 0 OGRT_CONFIG_JOB_VARIABLES(COUNT_JOB_VARIABLE),
#undef COUNT_JOB_VARIABLE
  VARIABLE_COUNT = VARIABLE_FIRST_JOB + JOB_VARIABLE_SLOTS,
};

/* The value of each variable, or NULL if it is not set. */
struct variables {
  const char *values[VARIABLE_COUNT];
};

/* `variables` must be empty. */
void find_variables(char *const *environment, struct variables *variables);

/* The NAME=VALUE text that ends with `value`. */
const char *variable_assignment(const char *value, enum variable variable);

/* The variables that are read first, in every process. */
struct switches {
  bool active;     /* OGRT_ACTIVE */
  bool debug;      /* OGRT_DEBUG: print decisions and their reasons */
  bool debug_info; /* OGRT_DEBUG_INFO: print the compiled settings */
};

struct switches find_switches(char *const *environment);
