/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decide.h"

#include "base/glob.h"
#include "base/memory.h"
#include "base/system.h"
#include "datum/datum.h"
#include "debug.h"

enum { PATH_SIZE = 4096 };

static const char *setting(const struct context *context, enum variable variable, const char *compiled) {
  const char *value = context->variables.values[variable];
  return value == NULL || OGRT_CONFIG_LOCK ? compiled : value;
}

/* The path is asked for only when there is a list to hold it against. */
SELDOM static bool is_filtered(const struct context *context, const char *skip) {
  char path[PATH_SIZE];
  const long size = system_read_link("/proc/self/exe", path, sizeof path);
  if (size <= 0 || !glob_list_matches(skip, path, (size_t)size)) return false;
  if (glob_list_matches(setting(context, VARIABLE_KEEP, OGRT_CONFIG_KEEP), path, (size_t)size)) return false;
  debug_line(context->debug, "not reported: the executable is on the list of those to skip: ", skip);
  return true;
}

SELDOM static uint32_t take_decimal(const char *text, uint32_t fallback) {
  uint32_t value = 0;
  if (*text == '\0') return fallback;
  for (; *text != '\0'; text++) {
    if (*text < '0' || *text > '9' || value > UINT32_MAX / 10 - 1) return fallback;
    value = value * 10 + (uint32_t)(*text - '0');
  }
  return value;
}

/* FNV-1a, then a multiplication in place of the remainder: the top share of the hash's range is kept. */
bool is_in_sample(const char *job, uint32_t one_in) {
  uint32_t hash = 2166136261U;
  for (; *job != '\0'; job++) hash = (hash ^ (unsigned char)*job) * 16777619U;
  /* Job ids differ in their last digits, which FNV leaves in the low bits. */
  hash = (hash ^ hash >> 16) * 0x85ebca6bU;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35U;
  hash ^= hash >> 16;
  return one_in < 2 || ((uint64_t)hash * one_in) >> 32 == 0;
}

static bool is_outside_sample(const struct context *context) {
  const char *sample = context->variables.values[VARIABLE_SAMPLE];
  uint32_t one_in = OGRT_CONFIG_SAMPLE;
  if (sample != NULL && !OGRT_CONFIG_LOCK) one_in = take_decimal(sample, one_in);
  const char *job = job_id(context);
  if (job == NULL || is_in_sample(job, one_in)) return false;
  debug_line(context->debug, "not reported: this job is not in the sample: ", job);
  return true;
}

bool decide(const struct context *context, struct destination *destination) {
  const char *server = setting(context, VARIABLE_SERVER, OGRT_CONFIG_SERVER);
  if (!parse_destination(server, destination)) {
    debug_line(context->debug, "not reported: no server that this library can reach by number: ", server);
    return false;
  }
  if (is_outside_sample(context)) return false;
  const char *skip = setting(context, VARIABLE_SKIP, OGRT_CONFIG_SKIP);
  return skip[0] == '\0' || !is_filtered(context, skip);
}
