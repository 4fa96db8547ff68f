/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "messages.h"

#include <stdio.h>
#include <string.h>

#include "../base/clock.h"
#include "../base/losses.h"

/* Field numbers of proto/ogrt.proto. */
enum start_field {
  START_UUID = 299, START_PATH = 300, START_PID = 301, START_PARENT_PID = 302, START_TIME = 303, START_SIGNATURE = 304,
  START_JOB = 305, START_ARGUMENT = 310, START_OBJECT = 311, START_DIRECTORY = 313, START_TIME_NS = 500, START_UID = 501,
  START_GID = 502, START_BUILD_ID = 503, START_SIGNATURES = 504, START_OMITTED = 505, START_EFFECTIVE_UID = 506,
  START_EFFECTIVE_GID = 507, START_STEP = 509, START_ARRAY_TASK = 511, START_RANK = 513, START_CONTAINER = 515,
  START_ROOT_DEVICE = 523, START_ROOT_INODE = 524, START_ROOT_MOUNT = 525, START_STAMPS_UNKNOWN = 526,
};
enum object_field { OBJECT_PATH = 400, OBJECT_SIGNATURE = 401, OBJECT_BUILD_ID = 500, OBJECT_SIGNATURES = 501, OBJECT_STAMPS_UNKNOWN = 503 };
enum end_field {
  END_UUID = 99, END_TIME = 104, END_USER_MS = 105, END_SYSTEM_MS = 106, END_PEAK_KB = 107, END_MINOR_FAULTS = 108,
  END_MAJOR_FAULTS = 109, END_BLOCKS_IN = 110, END_BLOCKS_OUT = 111, END_TIME_NS = 500, END_START_NS = 501, END_PID = 502,
  END_OBJECT = 506, END_OMITTED = 508, END_PART = 509, END_OBJECTS_TOTAL = 510,
};
enum omitted_field { OMITTED_ARGUMENTS = 500, OMITTED_OBJECTS = 502, OMITTED_SIGNATURES = 504 };
enum record_field { RECORD_START = 2, RECORD_END = 3, RECORD_OBSERVED_BY = 5, RECORD_ATTESTED = 6 };
enum attested_field {
  ATTESTED_UID = 1, ATTESTED_GID, ATTESTED_PID, ATTESTED_PID_NAMESPACE, ATTESTED_INNER_PID, ATTESTED_CGROUP,
  ATTESTED_EXISTED, ATTESTED_ENDED_BY, ATTESTED_STATUS, ATTESTED_SIGNAL, ATTESTED_CORE_DUMPED, ATTESTED_USER_US,
  ATTESTED_SYSTEM_US, ATTESTED_PEAK_KB, ATTESTED_READ_BYTES, ATTESTED_WRITTEN_BYTES, ATTESTED_THREADS,
  ATTESTED_IS_LOWER_BOUND, ATTESTED_FORKS
};
enum { OBSERVED_BY_KERNEL = 1, ENDED_BY_EXIT = 1, ENDED_BY_EXEC = 2, ENDED_BY_LOST = 3, US_PER_MS = 1000 };
enum {
  /* The collector takes 64 KiB of texts with escapes: four characters for a byte that is not UTF-8. */
  MAX_ARGUMENT_CHARACTERS = 40 << 10,
  MAX_ARGUMENTS = 8192,
  MAX_PATH_BYTES = 4096,
  SECTOR_BYTES = 512,
};

static void put_text(struct buffer *buffer, uint32_t field, const char *text) {
  if (text[0] != '\0') put_string(buffer, field, text);
}

struct stamp_fields {
  uint32_t signature, signatures, build_id, unknown;
};

/* Signatures and build-id. Returns how many signatures were left out. */
static uint32_t put_stamps(struct buffer *buffer, const struct image_object *entry, const struct stamp_fields *fields) {
  const struct object *object = entry->object;
  const struct finding *finding = &object->finding;
  const bool is_known = image_object_unknown(entry) == KNOWN;
  uint32_t omitted = 0;
  if (is_known && finding->signature_count > 0) {
    const uint32_t count = finding->signature_count < MAX_SIGNATURES ? finding->signature_count : MAX_SIGNATURES;
    put_field(buffer, fields->signature, finding->signatures[0], SIGNATURE_BYTES);
    for (uint32_t i = 0; count > 1 && i < count; i++) {
      put_field(buffer, fields->signatures, finding->signatures[i], SIGNATURE_BYTES);
    }
    omitted = finding->signature_count - count;
  }
  if (is_known && finding->build_id_size > 0)
    put_field(buffer, fields->build_id, finding->build_id, finding->build_id_size);
  else if (object->file.build_id_size > 0)
    put_field(buffer, fields->build_id, object->file.build_id, object->file.build_id_size);
  if (!is_known) put_varint(buffer, fields->unknown, 1);
  return omitted;
}

/* What was left out of a record. */
struct omissions {
  uint32_t arguments, objects, signatures;
};

static void put_omissions(struct buffer *buffer, uint32_t field, const struct omissions *omitted) {
  if (omitted->arguments + omitted->objects + omitted->signatures == 0) return;
  const size_t begun = begin_message(buffer, field);
  if (omitted->arguments > 0) put_varint(buffer, OMITTED_ARGUMENTS, omitted->arguments);
  if (omitted->objects > 0) put_varint(buffer, OMITTED_OBJECTS, omitted->objects);
  if (omitted->signatures > 0) put_varint(buffer, OMITTED_SIGNATURES, omitted->signatures);
  end_message(buffer, begun);
}

static void put_object(struct buffer *buffer, uint32_t field, const struct image_object *entry, struct omissions *omitted) {
  static const struct stamp_fields fields = {OBJECT_SIGNATURE, OBJECT_SIGNATURES, OBJECT_BUILD_ID, OBJECT_STAMPS_UNKNOWN};
  const struct object *object = entry->object;
  const size_t before = buffer->size;
  if (object->path_size > MAX_PATH_BYTES || before > MAX_SHARED_BYTES - 4 * MAX_PATH_BYTES) {
    omitted->objects++;
    return;
  }
  const size_t begun = begin_message(buffer, field);
  put_field(buffer, OBJECT_PATH, object->path, object->path_size);
  omitted->signatures += put_stamps(buffer, entry, &fields);
  end_message(buffer, begun);
}

/* Objects that no record has told of, from `first` on. */
static void put_objects(struct buffer *buffer, uint32_t field, const struct image *image, unsigned first,
                        struct omissions *omitted) {
  for (unsigned i = first; i < image->object_count; i++) {
    if (!image->objects[i].is_reported) put_object(buffer, field, &image->objects[i], omitted);
  }
  omitted->objects += image->objects_omitted;
}

/* The executable is mapped first. Of a process of which nothing is known but its name, that is its path. */
static void put_executable(struct buffer *shared, const struct image *image, const struct proc_text *path,
                           struct omissions *omitted) {
  static const struct stamp_fields fields = {START_SIGNATURE, START_SIGNATURES, START_BUILD_ID, START_STAMPS_UNKNOWN};
  if (image->object_count > 0) {
    const struct object *object = image->objects[0].object;
    put_field(shared, START_PATH, object->path, object->path_size < MAX_PATH_BYTES ? object->path_size : MAX_PATH_BYTES);
    omitted->signatures += put_stamps(shared, &image->objects[0], &fields);
    return;
  }
  if (path->bytes != NULL && path->size > 0)
    put_field(shared, START_PATH, path->bytes, path->size < MAX_PATH_BYTES ? path->size : MAX_PATH_BYTES);
  else
    put_string(shared, START_PATH, image->name[0] == '\0' ? "?" : image->name);
  put_varint(shared, START_STAMPS_UNKNOWN, 1);
}

static size_t characters_of(const char *bytes, size_t size) {
  size_t characters = size;
  for (size_t i = 0; i < size; i++) {
    if ((unsigned char)bytes[i] >= 0x80 || bytes[i] == '\\') characters += 3;
  }
  return characters;
}

/* Arguments that could not be read count as one that was left out. */
static void put_arguments(struct buffer *record, const struct proc_text *text, struct omissions *omitted) {
  size_t characters = 0;
  unsigned count = 0;
  if (text->bytes == NULL || text->is_cut) omitted->arguments++;
  for (size_t at = 0; text->bytes != NULL && at < text->size;) {
    const size_t size = strnlen(text->bytes + at, text->size - at);
    characters += characters_of(text->bytes + at, size) + 1;
    if (characters > MAX_ARGUMENT_CHARACTERS || ++count > MAX_ARGUMENTS)
      omitted->arguments++;
    else
      put_field(record, START_ARGUMENT, text->bytes + at, size);
    at += size + 1;
  }
}

static void put_job(struct buffer *record, const struct job *job) {
  put_text(record, START_JOB, job->id);
  put_text(record, START_STEP, job->step);
  const bool is_rank = strcmp(job->scheduler, "slurm") == 0 || strcmp(job->scheduler, "flux") == 0;
  put_text(record, is_rank ? START_RANK : START_ARRAY_TASK, job->task);
  if (job->container[0] != '\0') {
    char text[MAX_CONTAINER_ID_BYTES + sizeof "container="];
    snprintf(text, sizeof text, "container=%s", job->container);
    put_string(record, START_CONTAINER, text);
  }
}

/* Device numbers as the preload library has them from stat(2). */
static uint64_t device_of(uint32_t major, uint32_t minor) {
  return ((uint64_t)(major & 0xfffff000u) << 32) | ((uint64_t)(major & 0xfffu) << 8) |
         ((uint64_t)(minor & 0xffffff00u) << 12) | (minor & 0xffu);
}

/* Zeros for another root directory: it is not the one of the host, whatever it is. */
static void put_root(struct buffer *record, const struct capture *capture, const struct procfs *procfs) {
  if (!capture->has_root) return;
  const struct root *root = &procfs->root;
  const bool is_ours = capture->is_in_our_root;
  put_varint(record, START_ROOT_DEVICE, is_ours ? device_of(root->major, root->minor) : 0);
  put_varint(record, START_ROOT_INODE, is_ours ? root->inode : 0);
  if (is_ours && root->mount != 0) put_varint(record, START_ROOT_MOUNT, root->mount);
}

/* The longest path among the lines `N:CONTROLLERS:PATH`. */
static void put_cgroup(struct buffer *record, const struct proc_text *text) {
  const char *longest = NULL;
  size_t length = 0;
  for (const char *line = text->bytes; line != NULL && *line != '\0';) {
    const size_t size = strcspn(line, "\n");
    const char *path = memchr(line, '/', size);
    const size_t path_size = path == NULL ? 0 : size - (size_t)(path - line);
    if (path_size > length) {
      longest = path;
      length = path_size;
    }
    line += line[size] == '\0' ? size : size + 1;
  }
  if (length > 0) put_field(record, ATTESTED_CGROUP, longest, length < MAX_PATH_BYTES ? length : MAX_PATH_BYTES);
}

static void put_attested_start(struct buffer *record, const struct image *image, const struct capture *capture,
                               const struct procfs *procfs) {
  const size_t begun = begin_message(record, RECORD_ATTESTED);
  if (capture->has_ids) {
    put_varint(record, ATTESTED_UID, capture->uid);
    put_varint(record, ATTESTED_GID, capture->gid);
  }
  put_varint(record, ATTESTED_PID, image->pid);
  const uint64_t namespace = capture->namespaces[NS_PID];
  if (namespace != 0 && namespace != procfs->namespaces[NS_PID]) put_varint(record, ATTESTED_PID_NAMESPACE, namespace);
  if (capture->inner_pid != 0 && capture->inner_pid != image->pid) {
    put_varint(record, ATTESTED_INNER_PID, capture->inner_pid);
  }
  put_cgroup(record, &capture->cgroup);
  if (image->existed) put_varint(record, ATTESTED_EXISTED, 1);
  end_message(record, begun);
}

void encode_start(struct buffer *shared, struct buffer *record, const struct image *image, const struct procfs *procfs) {
  static const struct capture nothing;
  const struct capture *capture = image->capture == NULL ? &nothing : image->capture;
  const uint64_t time = real_time(image->started);
  struct omissions omitted = {0};
  put_executable(shared, image, &capture->executable, &omitted);
  put_objects(shared, START_OBJECT, image, 1, &omitted);

  const size_t begun = begin_message(record, RECORD_START);
  put_field(record, START_UUID, image->id, IMAGE_ID_BYTES);
  put_varint(record, START_PID, image->pid);
  put_varint(record, START_PARENT_PID, image->parent_pid);
  put_varint(record, START_TIME, time / NS_PER_MS);
  put_varint(record, START_TIME_NS, time);
  put_job(record, &image->job);
  put_arguments(record, &capture->arguments, &omitted);
  if (capture->directory.bytes != NULL) {
    const size_t size = capture->directory.size;
    put_field(record, START_DIRECTORY, capture->directory.bytes, size < MAX_PATH_BYTES ? size : MAX_PATH_BYTES);
  }
  if (capture->has_ids) {
    put_varint(record, START_UID, capture->uid);
    put_varint(record, START_GID, capture->gid);
    put_varint(record, START_EFFECTIVE_UID, capture->effective_uid);
    put_varint(record, START_EFFECTIVE_GID, capture->effective_gid);
  }
  put_root(record, capture, procfs);
  put_omissions(record, START_OMITTED, &omitted);
  end_message(record, begun);
  put_varint(record, RECORD_OBSERVED_BY, OBSERVED_BY_KERNEL);
  put_attested_start(record, image, capture, procfs);
}

static void put_forks(struct buffer *record, const struct forks *forks) {
  if (forks->ended == 0) return;
  const uint64_t values[] = {forks->ended, forks->killed, forks->failed, forks->user_us, forks->system_us};
  const size_t begun = begin_message(record, ATTESTED_FORKS);
  for (uint32_t i = 0; i < sizeof values / sizeof *values; i++) {
    if (values[i] > 0) put_varint(record, i + 1, values[i]);
  }
  end_message(record, begun);
}

static void put_attested_end(struct buffer *record, const struct image *image) {
  static const uint64_t reasons[] = {[END_EXIT] = ENDED_BY_EXIT, [END_EXEC] = ENDED_BY_EXEC, [END_LOST] = ENDED_BY_LOST};
  const struct image_end *end = &image->end;
  const struct usage *usage = &end->usage;
  const size_t begun = begin_message(record, RECORD_ATTESTED);
  put_varint(record, ATTESTED_ENDED_BY, reasons[end->reason]);
  if (end->reason == END_EXIT && end->has_exit_code) {
    const uint32_t signal = end->exit_code & 0x7f;
    if (signal == 0) {
      put_varint(record, ATTESTED_STATUS, end->exit_code >> 8 & 0xff);
    } else {
      put_varint(record, ATTESTED_SIGNAL, signal);
      put_varint(record, ATTESTED_CORE_DUMPED, (end->exit_code & 0x80) != 0);
    }
  }
  if (end->reason == END_EXIT && usage->threads > 0) {
    const uint64_t values[] = {usage->user_us, usage->system_us, usage->peak_rss_kb, usage->read_bytes,
                               usage->written_bytes};
    for (uint32_t i = 0; i < sizeof values / sizeof *values; i++) {
      if (values[i] > 0) put_varint(record, ATTESTED_USER_US + i, values[i]);
    }
    put_varint(record, ATTESTED_THREADS, usage->threads);
    if (usage->is_lower_bound) put_varint(record, ATTESTED_IS_LOWER_BOUND, 1);
  }
  put_forks(record, &image->forks);
  end_message(record, begun);
}

void encode_end(struct buffer *record, const struct image *image, bool is_forks) {
  const struct image_end *end = &image->end;
  const struct usage *usage = &end->usage;
  const uint64_t time = real_time(end->time);
  struct omissions omitted = {0};
  const size_t begun = begin_message(record, RECORD_END);
  put_field(record, END_UUID, image->id, IMAGE_ID_BYTES);
  put_varint(record, END_TIME_NS, time);
  put_varint(record, END_START_NS, real_time(image->started));
  put_varint(record, END_PID, image->pid);
  if (end->reason == END_EXIT && usage->threads > 0) {
    const uint64_t values[] = {usage->user_us / US_PER_MS, usage->system_us / US_PER_MS, usage->peak_rss_kb,
                               usage->minor_faults, usage->major_faults, usage->read_bytes / SECTOR_BYTES,
                               usage->written_bytes / SECTOR_BYTES};
    for (uint32_t i = 0; i < sizeof values / sizeof *values; i++) {
      if (values[i] > 0) put_varint(record, END_USER_MS + i, values[i]);
    }
  }
  put_objects(record, END_OBJECT, image, 0, &omitted);
  put_omissions(record, END_OMITTED, &omitted);
  if (is_forks) {
    put_varint(record, END_PART, 1);
    put_varint(record, END_OBJECTS_TOTAL, image->object_count);
  }
  end_message(record, begun);
  put_varint(record, RECORD_OBSERVED_BY, OBSERVED_BY_KERNEL);
  put_attested_end(record, image);
}

void encode_loss(struct buffer *message, const char *reason, uint64_t count) {
  const size_t begun = begin_message(message, FIELD_LOST);
  put_string(message, 1, reason);
  put_varint(message, 2, count);
  end_message(message, begun);
}

void encode_heartbeat(struct buffer *message, uint64_t running_s) {
  put_varint(message, 1, running_s);
  for (enum loss i = 0; i < LOSS_REASONS; i++) encode_loss(message, loss_names[i], losses[i]);
}
