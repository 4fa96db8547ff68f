/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/memory.h"
#include "../wire/fields.h"
#include "datum.h"

enum { MAX_SOURCE_VARIABLES = 4 };
#define NONE VARIABLE_COUNT

/*
 * Each field takes its value from the first of these variables that is set. The rank of an MPI library comes before
 * that of Slurm, which counts the launch daemons under mpirun.
 */
static const struct {
  uint16_t field;
  uint8_t variables[MAX_SOURCE_VARIABLES];
} sources[] = {
    {PROCESS_START_CLUSTER, {VARIABLE_SLURM_CLUSTER_NAME, NONE}},
    {PROCESS_START_STEP_ID, {VARIABLE_SLURM_STEP_ID, NONE}},
    {PROCESS_START_ARRAY_JOB_ID, {VARIABLE_SLURM_ARRAY_JOB_ID, NONE}},
    {PROCESS_START_ARRAY_TASK_ID,
     {VARIABLE_SLURM_ARRAY_TASK_ID, VARIABLE_PBS_ARRAY_INDEX, VARIABLE_LSB_JOBINDEX, VARIABLE_SGE_TASK_ID}},
    {PROCESS_START_NODE_ID, {VARIABLE_SLURM_NODEID, NONE}},
    {PROCESS_START_RANK, {VARIABLE_PMIX_RANK, VARIABLE_OMPI_COMM_WORLD_RANK, VARIABLE_SLURM_PROCID, NONE}},
    {PROCESS_START_LOCAL_RANK, {VARIABLE_OMPI_COMM_WORLD_LOCAL_RANK, VARIABLE_SLURM_LOCALID, NONE}},
};

void put_placement(struct writer *to, const struct context *context) {
  for (unsigned i = 0; i < sizeof sources / sizeof sources[0]; i++) {
    for (unsigned j = 0; j < MAX_SOURCE_VARIABLES && sources[i].variables[j] != NONE; j++) {
      const char *value = context->variables.values[sources[i].variables[j]];
      if (value == NULL || value[0] == '\0') continue;
      /* SGE_TASK_ID of a job that is not an array. */
      if (same_bytes(value, "undefined", sizeof "undefined")) continue;
      put_name(to, sources[i].field, value);
      break;
    }
  }
}
