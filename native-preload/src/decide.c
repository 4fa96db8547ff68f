/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decide.h"

#include "base/decimal.h"
#include "base/glob.h"
#include "base/memory.h"
#include "base/system.h"
#include "datum/datum.h"
#include "debug.h"

static const char *setting(const struct context *context, enum variable variable, const char *compiled) {
  const char *value = context->variables.values[variable];
  return value == NULL || OGRT_CONFIG_LOCK ? compiled : value;
}

COLD static bool is_skipped(struct context *context, const char *skip, char path[MAX_PATH_BYTES]) {
  const char *link = executable_link(context);
  const long size = link == NULL ? 0 : system_read_link(link, path, MAX_PATH_BYTES);
  if (size <= 0 || !glob_list_matches(skip, path, (size_t)size)) return false;
  if (glob_list_matches(setting(context, VARIABLE_KEEP, OGRT_CONFIG_KEEP), path, (size_t)size)) return false;
  debug_line(context->debug, "not reported: the executable matches the skip list: ", skip);
  return true;
}

/* Whether a path is one of a colon-separated list, or below one. Every process pays for it, so there are no wildcards. */
static bool is_below_any(const char *list, const char *path) {
  for (size_t length; *list != '\0'; list += list[length] == ':' ? length + 1 : length) {
    length = text_length_to(list, ':');
    if (length > 0 && same_bytes(list, path, length) && (path[length] == '/' || path[length] == '\0')) return true;
  }
  return false;
}

/* A script's name as it was executed; /proc/self/exe would be its interpreter. */
static bool is_helper(const struct context *context) {
  const char *script = context->auxiliary.executable;
  if (script == NULL || !is_below_any(OGRT_CONFIG_HELPERS, script)) return false;
  debug_line(context->debug, "not reported: a helper of the scheduler: ", script);
  return true;
}

/* OGRT_SAMPLE, or the compiled setting where it is not a decimal number. */
COLD static uint32_t parse_sample(const char *text) {
  uint32_t one_in;
  return parse_decimal(&text, UINT32_MAX, &one_in) && *text == '\0' ? one_in : OGRT_CONFIG_SAMPLE;
}

/* Keeps the lowest 1/one_in of the range of an FNV-1a hash. Multiplying by `one_in` avoids a division. */
bool is_in_sample(const char *job, uint32_t one_in) {
  uint32_t hash = 2166136261U;
  for (; *job != '\0'; job++) hash = (hash ^ (unsigned char)*job) * 16777619U;
  /* Job ids differ in their last digits, which FNV-1a leaves in the low bits; this mixes them into the high bits. */
  hash = (hash ^ hash >> 16) * 0x85ebca6bU;
  hash = (hash ^ hash >> 13) * 0xc2b2ae35U;
  hash ^= hash >> 16;
  return one_in < 2 || ((uint64_t)hash * one_in) >> 32 == 0;
}

static bool is_outside_sample(const struct context *context) {
  const char *sample = context->variables.values[VARIABLE_SAMPLE];
  uint32_t one_in = OGRT_CONFIG_SAMPLE;
  if (sample != NULL && !OGRT_CONFIG_LOCK) one_in = parse_sample(sample);
  const char *job = job_id(context);
  if (job == NULL || is_in_sample(job, one_in)) return false;
  debug_line(context->debug, "not reported: this job is not in the sample: ", job);
  return true;
}

OWN_FRAME bool should_report(struct context *context, char path[MAX_PATH_BYTES], struct destination *destination) {
  const char *server = setting(context, VARIABLE_SERVER, OGRT_CONFIG_SERVER);
  if (!parse_destination(server, destination)) {
    debug_line(context->debug, "not reported: the server is not a numeric address: ", server);
    return false;
  }
  if (is_outside_sample(context) || is_helper(context)) return false;
  const char *skip = setting(context, VARIABLE_SKIP, OGRT_CONFIG_SKIP);
  return skip[0] == '\0' || !is_skipped(context, skip, path);
}
