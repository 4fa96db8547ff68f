/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../context.h"
#include "../wire/writer.h"

/* One file each. What cannot be found out is left out; required fields are always written. */

void put_executable(struct writer *to, const struct context *context);
void put_working_directory(struct writer *to, struct context *context);
void put_ids(struct writer *to, const struct context *context);
void put_time(struct writer *to, const struct context *context);
void put_job(struct writer *to, const struct context *context);
void put_user_name(struct writer *to, const struct context *context);
void put_host_name(struct writer *to);
void put_placement(struct writer *to, const struct context *context);
void put_container(struct writer *to, const struct context *context);
void put_loader_variables(struct writer *to, const struct context *context);

/* Lists write what fits and return how many elements did not. */
unsigned put_arguments(struct writer *to, const struct context *context);
unsigned put_modules(struct writer *to, const struct context *context);
unsigned put_environment(struct writer *to, const struct context *context);

/* A path as the loader knows it: made absolute with the working directory when it is relative. */
void put_path(struct writer *to, unsigned field, const struct context *context, const char *path, size_t size);

/* The job's id, or NULL outside a job. */
const char *job_id(const struct context *context);

void make_uuid(uint8_t uuid[UUID_SIZE], const struct context *context);
