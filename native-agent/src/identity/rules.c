/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

#include <stdlib.h>
#include <string.h>

#include "pattern.h"

enum { MAX_RULES = 256, MAX_RULE_VARIABLES = FIELDS + 1, CONDITION = FIELDS };

/* One line. The texts point into the text of `struct job_rules`. */
struct rule {
  const char *scheduler; /* NULL: `-`, none */
  const char *pattern;   /* of cgroup; else NULL */
  const char *variables[MAX_RULE_VARIABLES]; /* by field, and of the condition; or NULL */
};

struct job_rules {
  char *text;
  unsigned count;
  struct rule rules[MAX_RULES];
};

/* The text of the file, with a NUL behind it. */
__asm__(".pushsection .rodata\n.globl job_rules_default\njob_rules_default:\n.incbin \"" OGRT_AGENT_RULES
        "\"\n.byte 0\n.popsection\n");

static bool parse_environment(struct rule *rule, char **at) {
  rule->variables[FIELD_JOB] = strtok_r(NULL, " \t", at);
  if (rule->variables[FIELD_JOB] == NULL) return false;
  for (char *word; (word = strtok_r(NULL, " \t", at)) != NULL;) {
    if (strcmp(word, "if") == 0) {
      rule->variables[CONDITION] = strtok_r(NULL, " \t", at);
      return rule->variables[CONDITION] != NULL && strtok_r(NULL, " \t", at) == NULL;
    }
    const size_t size = strcspn(word, "=");
    const enum field field = field_of(word, size);
    if (word[size] != '=' || word[size + 1] == '\0' || field == FIELDS) return false;
    rule->variables[field] = word + size + 1;
  }
  return true;
}

static bool parse_rule(struct rule *rule, char *line) {
  char *at, *type = strtok_r(line, " \t", &at), *scheduler = strtok_r(NULL, " \t", &at);
  *rule = (struct rule){0};
  if (scheduler == NULL || strlen(scheduler) >= sizeof((struct job *)0)->scheduler) return false;
  if (strcmp(scheduler, "-") != 0) rule->scheduler = scheduler;
  if (strcmp(type, "environment") == 0) return parse_environment(rule, &at);
  rule->pattern = strtok_r(NULL, " \t", &at);
  return strcmp(type, "cgroup") == 0 && rule->pattern != NULL && pattern_is_valid(rule->pattern) &&
         strtok_r(NULL, " \t", &at) == NULL;
}

struct job_rules *job_rules_parse(const char *text, unsigned *bad_line) {
  struct job_rules *rules = calloc(1, sizeof *rules);
  *bad_line = 0;
  if (rules == NULL || (rules->text = strdup(text)) == NULL) {
    free(rules);
    return NULL;
  }
  for (char *line = rules->text, *next; line != NULL; line = next) {
    next = strchr(line, '\n');
    if (next != NULL) *next++ = '\0';
    ++*bad_line;
    line[strcspn(line, "#\r")] = '\0';
    if (line[strspn(line, " \t")] == '\0') continue;
    if (rules->count < MAX_RULES && parse_rule(&rules->rules[rules->count], line)) {
      rules->count++;
      continue;
    }
    job_rules_free(rules);
    return NULL;
  }
  return rules;
}

void job_rules_free(struct job_rules *rules) {
  free(rules->text);
  free(rules);
}

/* A job whose id is too long is none: a part of it would be the id of another one. */
static bool take_spans(const struct rule *rule, const struct capture_span spans[FIELDS], struct job *job) {
  if (job->container[0] == '\0') copy_span(&spans[FIELD_CONTAINER], job->container, sizeof job->container);
  copy_span(&spans[FIELD_SLOT], job->slot, sizeof job->slot);
  if (rule->scheduler != NULL && job->scheduler[0] == '\0') strcpy(job->scheduler, rule->scheduler);
  if (job->source == JOB_FROM_CGROUP || !copy_span(&spans[FIELD_JOB], job->id, sizeof job->id)) return false;
  copy_span(&spans[FIELD_STEP], job->step, sizeof job->step);
  copy_span(&spans[FIELD_TASK], job->task, sizeof job->task);
  strcpy(job->scheduler, rule->scheduler == NULL ? "" : rule->scheduler);
  job->source = JOB_FROM_CGROUP;
  return true;
}

bool job_from_cgroup(const struct job_rules *rules, const char *text, struct job *job) {
  for (unsigned i = 0; i < rules->count; i++) {
    const struct rule *rule = &rules->rules[i];
    if (rule->pattern == NULL) continue;
    /* proc_pid_cgroup(5): hierarchy:controllers:path, a line for each hierarchy. */
    for (const char *line = text, *end; *line != '\0'; line = *end == '\0' ? end : end + 1) {
      end = line + strcspn(line, "\n");
      const char *path = memchr(line, ':', (size_t)(end - line));
      path = path == NULL ? NULL : memchr(path + 1, ':', (size_t)(end - path - 1));
      struct capture_span spans[FIELDS];
      if (path == NULL || !pattern_matches(rule->pattern, path + 1, (size_t)(end - path - 1), spans)) continue;
      take_spans(rule, spans, job);
      break;
    }
  }
  return job->source == JOB_FROM_CGROUP;
}

/* The value of a variable, or NULL; an empty one counts as unset. */
static const char *value_of(const char *name, const char *block, size_t size) {
  const size_t name_size = name == NULL ? 0 : strlen(name);
  for (size_t at = 0; name != NULL && at < size; at += strlen(block + at) + 1) {
    if (strncmp(block + at, name, name_size) != 0 || block[at + name_size] != '=') continue;
    const char *value = block + at + name_size + 1;
    return *value == '\0' ? NULL : value;
  }
  return NULL;
}

static void copy_value(char *to, size_t space, const char *value) {
  if (value != NULL && strlen(value) < space) strcpy(to, value);
}

bool job_from_environment(const struct job_rules *rules, const char *block, size_t size, struct job *job) {
  for (unsigned i = 0; i < rules->count; i++) {
    const struct rule *rule = &rules->rules[i];
    if (rule->pattern != NULL) continue;
    const char *id = value_of(rule->variables[FIELD_JOB], block, size);
    if (id == NULL || strlen(id) >= sizeof job->id) continue;
    if (rule->variables[CONDITION] != NULL && value_of(rule->variables[CONDITION], block, size) == NULL) continue;
    strcpy(job->id, id);
    strcpy(job->scheduler, rule->scheduler == NULL ? "" : rule->scheduler);
    copy_value(job->step, sizeof job->step, value_of(rule->variables[FIELD_STEP], block, size));
    copy_value(job->task, sizeof job->task, value_of(rule->variables[FIELD_TASK], block, size));
    job->source = JOB_FROM_ENVIRONMENT;
    return true;
  }
  return false;
}
