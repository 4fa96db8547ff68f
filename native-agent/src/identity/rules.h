/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* Where the job of a process was found. What a cgroup says is attested by the kernel. */
enum job_source { JOB_UNKNOWN, JOB_NONE, JOB_FROM_CGROUP, JOB_FROM_ENVIRONMENT, JOB_FROM_PARENT };

enum { MAX_JOB_ID_BYTES = 128, MAX_JOB_NAME_BYTES = 32, MAX_CONTAINER_ID_BYTES = 80 };

/* Texts are empty where unknown. */
struct job {
  enum job_source source;
  char scheduler[16];
  char id[MAX_JOB_ID_BYTES];
  char step[MAX_JOB_NAME_BYTES], task[MAX_JOB_NAME_BYTES], slot[MAX_JOB_NAME_BYTES];
  char container[MAX_CONTAINER_ID_BYTES];
};

/* The rules of job-rules.conf, which describes their syntax. */
struct job_rules;

/* NULL with the number of the first line that is not a rule. `text` must end with NUL, and may be freed. */
struct job_rules *job_rules_parse(const char *text, unsigned *bad_line);
void job_rules_free(struct job_rules *rules);
/* The rules that were compiled in. */
extern const char job_rules_default[];

/* Takes job and container from the text of /proc/PID/cgroup. True if that has a job. */
bool job_from_cgroup(const struct job_rules *rules, const char *text, struct job *job);
/* Takes the job from a block of NUL-terminated `K=V`. */
bool job_from_environment(const struct job_rules *rules, const char *block, size_t size, struct job *job);
