/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "../base/clock.h"

void put_time(struct json *json, const char *name, uint64_t time) {
  const uint64_t real = real_time(time);
  const time_t seconds = (time_t)(real / NS_PER_S);
  struct tm parts;
  char text[40], whole[32];
  gmtime_r(&seconds, &parts);
  strftime(whole, sizeof whole, "%Y-%m-%dT%H:%M:%S", &parts);
  snprintf(text, sizeof text, "%s.%06" PRIu64 "Z", whole, real % NS_PER_S / NS_PER_US);
  json_text(json, name, text);
}

static void put_id(struct json *json, const char *name, const uint8_t id[IMAGE_ID_BYTES]) {
  char text[40];
  size_t at = 0;
  for (unsigned i = 0; i < IMAGE_ID_BYTES; i++) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text[at++] = '-';
    at += (size_t)snprintf(text + at, sizeof text - at, "%02x", id[i]);
  }
  json_bytes(json, name, text, at);
}

static void put_object(struct json *json, const char *name, const struct image_object *entry) {
  const struct object *object = entry->object;
  const struct finding *finding = &object->finding;
  const enum unknown unknown = image_object_unknown(entry);
  json_open(json, name, '{');
  json_bytes(json, "path", object->path, object->path_size);
  if (object->file.has_inode) {
    char device[24];
    snprintf(device, sizeof device, "%" PRIu32 ":%" PRIu32, object->file.major, object->file.minor);
    json_text(json, "device", device);
    json_number(json, "inode", object->file.inode);
  }
  /* The file may have a longer build-id than the kernel reads, and one in pages that were not in memory. */
  if (unknown == KNOWN && finding->build_id_size > 0)
    json_hex(json, "buildId", finding->build_id, finding->build_id_size);
  else if (object->file.build_id_size > 0)
    json_hex(json, "buildId", object->file.build_id, object->file.build_id_size);
  else
    json_null(json, "buildId");
  if (object->file.build_id_size > 0) json_text(json, "buildIdFrom", "kernel");
  if (unknown != KNOWN) {
    json_null(json, "signatures");
    json_text(json, "unknown", unknown_names[unknown]);
  } else {
    json_open(json, "signatures", '[');
    for (uint32_t i = 0; i < finding->signature_count && i < MAX_SIGNATURES; i++) {
      json_bytes(json, NULL, finding->signatures[i], SIGNATURE_BYTES);
    }
    json_close(json, ']');
    if (finding->signature_count > MAX_SIGNATURES) {
      json_number(json, "signaturesOmitted", finding->signature_count - MAX_SIGNATURES);
    }
  }
  json_close(json, '}');
}

/* The objects that no line has told of. */
static void put_objects(struct json *json, const struct image *image) {
  json_open(json, "objects", '[');
  for (unsigned i = 0; i < image->object_count; i++) {
    if (!image->objects[i].is_reported) put_object(json, NULL, &image->objects[i]);
  }
  json_close(json, ']');
  if (image->objects_omitted > 0) json_number(json, "objectsOmitted", image->objects_omitted);
}

static void put_arguments(struct json *json, const struct proc_text *text) {
  if (text->bytes == NULL) {
    json_null(json, "arguments");
    return;
  }
  json_open(json, "arguments", '[');
  for (size_t at = 0; at < text->size;) {
    const size_t size = strnlen(text->bytes + at, text->size - at);
    json_bytes(json, NULL, text->bytes + at, size);
    at += size + 1;
  }
  json_close(json, ']');
  if (text->is_cut) json_bool(json, "argumentsCut", true);
}

static void put_text(struct json *json, const char *name, const struct proc_text *text) {
  if (text->bytes == NULL)
    json_null(json, name);
  else
    json_bytes(json, name, text->bytes, text->size);
}

/* The lines of /proc/PID/cgroup. */
static void put_cgroups(struct json *json, const struct proc_text *text) {
  if (text->bytes == NULL) {
    json_null(json, "cgroup");
    return;
  }
  json_open(json, "cgroup", '[');
  for (const char *line = text->bytes; *line != '\0';) {
    const size_t size = strcspn(line, "\n");
    json_bytes(json, NULL, line, size);
    line += line[size] == '\0' ? size : size + 1;
  }
  json_close(json, ']');
}

static void put_ids(struct json *json, const struct capture *capture) {
  const struct {
    const char *name;
    uint32_t id;
  } ids[] = {{"uid", capture->uid}, {"effectiveUid", capture->effective_uid},
             {"gid", capture->gid}, {"effectiveGid", capture->effective_gid}};
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    if (capture->has_ids)
      json_number(json, ids[i].name, ids[i].id);
    else
      json_null(json, ids[i].name);
  }
}

/* Only namespaces that are not those of the agent. */
static void put_namespaces(struct json *json, const struct capture *capture, const struct procfs *procfs) {
  bool is_known = false;
  for (enum namespace i = 0; i < NAMESPACES; i++) is_known |= capture->namespaces[i] != 0;
  if (is_known) {
    json_open(json, "namespaces", '{');
    for (enum namespace i = 0; i < NAMESPACES; i++) {
      if (capture->namespaces[i] == 0)
        json_null(json, namespace_names[i]);
      else if (capture->namespaces[i] != procfs->namespaces[i])
        json_number(json, namespace_names[i], capture->namespaces[i]);
    }
    json_close(json, '}');
  } else {
    json_null(json, "namespaces");
  }
  if (capture->has_root)
    json_bool(json, "ownRoot", !capture->is_in_our_root);
  else
    json_null(json, "ownRoot");
  if (capture->inner_pid != 0) json_number(json, "innerPid", capture->inner_pid);
}

static void put_job(struct json *json, const struct job *job) {
  static const char *const sources[] = {
      [JOB_FROM_CGROUP] = "cgroup", [JOB_FROM_ENVIRONMENT] = "environment", [JOB_FROM_PARENT] = "parent"};
  const struct {
    const char *name, *value;
  } parts[] = {{"scheduler", job->scheduler}, {"id", job->id},     {"step", job->step},
               {"task", job->task},           {"slot", job->slot}, {"container", job->container}};
  const bool is_known = job->id[0] != '\0';
  if (!is_known && job->slot[0] == '\0' && job->container[0] == '\0') {
    if (job->source == JOB_UNKNOWN)
      json_null(json, "job");
    else
      json_open(json, "job", '{'), json_close(json, '}');
    return;
  }
  json_open(json, "job", '{');
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (parts[i].value[0] != '\0') json_text(json, parts[i].name, parts[i].value);
  }
  if (is_known) json_text(json, "from", sources[job->source]);
  json_close(json, '}');
}

static void put_start(struct json *json, const struct image *image, const struct procfs *procfs) {
  static const struct capture nothing;
  const struct capture *capture = image->capture == NULL ? &nothing : image->capture;
  json_open(json, NULL, '{');
  json_text(json, "type", "start");
  put_id(json, "id", image->id);
  put_time(json, "time", image->started);
  json_number(json, "pid", image->pid);
  json_number(json, "parentPid", image->parent_pid);
  if (image->has_parent) put_id(json, "parent", image->parent_id);
  if (image->existed) json_bool(json, "existed", true);
  json_text(json, "name", image->name);
  put_text(json, "executable", &capture->executable);
  put_arguments(json, &capture->arguments);
  put_text(json, "directory", &capture->directory);
  put_ids(json, capture);
  put_cgroups(json, &capture->cgroup);
  put_namespaces(json, capture, procfs);
  put_job(json, &image->job);
  put_objects(json, image);
  json_close(json, '}');
}

static void put_usage(struct json *json, const struct usage *usage) {
  json_open(json, "usage", '{');
  const struct {
    const char *name;
    uint64_t value;
  } values[] = {
      {"threads", usage->threads},           {"userUs", usage->user_us},
      {"systemUs", usage->system_us},        {"peakRssKb", usage->peak_rss_kb},
      {"readBytes", usage->read_bytes},      {"writtenBytes", usage->written_bytes},
      {"readChars", usage->read_chars},      {"writtenChars", usage->written_chars},
      {"minorFaults", usage->minor_faults},  {"majorFaults", usage->major_faults},
  };
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) json_number(json, values[i].name, values[i].value);
  if (usage->is_lower_bound) json_bool(json, "isLowerBound", true);
  json_close(json, '}');
}

static void put_exit(struct json *json, const struct image_end *end) {
  const uint32_t signal = end->exit_code & 0x7f;
  if (!end->has_exit_code) {
    json_null(json, "exit");
    return;
  }
  json_open(json, "exit", '{');
  if (signal == 0) {
    json_number(json, "status", end->exit_code >> 8 & 0xff);
  } else {
    json_number(json, "signal", signal);
    json_bool(json, "coreDumped", (end->exit_code & 0x80) != 0);
  }
  json_close(json, '}');
}

static void put_fork_counts(struct json *json, const struct forks *forks) {
  json_open(json, "forks", '{');
  json_number(json, "ended", forks->ended);
  json_number(json, "running", forks->running);
  json_number(json, "killed", forks->killed);
  json_number(json, "failed", forks->failed);
  json_number(json, "unknown", forks->unknown);
  json_number(json, "userUs", forks->user_us);
  json_number(json, "systemUs", forks->system_us);
  json_close(json, '}');
}

static void put_end(struct json *json, const struct image *image) {
  static const char *const reasons[] = {[END_EXIT] = "exit", [END_EXEC] = "exec", [END_LOST] = "lost"};
  const struct image_end *end = &image->end;
  json_open(json, NULL, '{');
  json_text(json, "type", "end");
  put_id(json, "id", image->id);
  put_time(json, "time", end->time);
  json_number(json, "pid", image->pid);
  json_text(json, "by", reasons[end->reason]);
  if (end->reason == END_EXIT) {
    put_exit(json, end);
    if (end->usage.threads > 0)
      put_usage(json, &end->usage);
    else
      json_null(json, "usage");
  }
  if (image->forks.ended + image->forks.running > 0) put_fork_counts(json, &image->forks);
  put_objects(json, image);
  json_close(json, '}');
}

static void put_forks(struct json *json, const struct image *image) {
  json_open(json, NULL, '{');
  json_text(json, "type", "forks");
  put_id(json, "id", image->id);
  put_time(json, "time", now_ns());
  put_fork_counts(json, &image->forks);
  put_objects(json, image);
  json_close(json, '}');
}

enum record_result print_record(enum record_kind kind, const struct image *image, const struct procfs *procfs) {
  static struct json line;
  json_begin(&line);
  if (kind == RECORD_OF_START)
    put_start(&line, image, procfs);
  else if (kind == RECORD_OF_END)
    put_end(&line, image);
  else
    put_forks(&line, image);
  if (json_write(&line, STDOUT_FILENO)) return RECORD_WRITTEN;
  return line.full ? RECORD_LOST : RECORD_UNREAD;
}
