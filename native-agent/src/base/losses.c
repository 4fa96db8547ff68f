/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "losses.h"

uint64_t losses[LOSS_REASONS];

const char *const loss_names[LOSS_REASONS] = {
    [LOSS_PERF_RECORDS] = "perfRecords",
    [LOSS_TASKSTATS] = "taskstatsMessages",
    [LOSS_EVENTS] = "events",
    [LOSS_ORDER] = "lateEvents",
    [LOSS_PROCESSES] = "processes",
    [LOSS_OBJECTS] = "objects",
    [LOSS_EXIT_STATES] = "exitStates",
    [LOSS_UNKNOWN_PARENTS] = "unknownParents",
    [LOSS_RECORDS] = "records",
};
