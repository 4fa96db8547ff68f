/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../context.h"
#include "../wire/writer.h"

/*
 * Each function has its own file. Optional fields are omitted if their value is unknown; required ones are always
 * written.
 */

void put_executable(struct writer *to, struct context *context);
void put_working_directory(struct writer *to, struct context *context);
void put_ids(struct writer *to, const struct context *context);
void put_time(struct writer *to, const struct context *context);
void put_job(struct writer *to, const struct context *context);
void put_user_name(struct writer *to, const struct context *context);
void put_host_name(struct writer *to, struct context *context);
void put_root(struct writer *to, struct context *context);
void put_placement(struct writer *to, const struct context *context);
void put_container(struct writer *to, const struct context *context);
void put_loader_variables(struct writer *to, const struct context *context);

/* These write the elements that fit and return the number of omitted ones. */
unsigned put_arguments(struct writer *to, const struct context *context);
unsigned put_modules(struct writer *to, const struct context *context);
unsigned put_environment(struct writer *to, const struct context *context);

/* The link in /proc to the file of the executable, which may be in the scratch; NULL without one. */
const char *executable_link(struct context *context);

/* Writes a path; a relative one is prefixed with the working directory. */
void put_path(struct writer *to, unsigned field, const struct context *context, const char *path, size_t size);

/* The job id, or NULL outside a job. */
const char *job_id(const struct context *context);

void make_uuid(uint8_t uuid[UUID_BYTES], const struct context *context);
