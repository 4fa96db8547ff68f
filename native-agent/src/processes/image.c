/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "image.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "../base/clock.h"
#include "../base/losses.h"

void usage_add(struct usage *usage, const struct task_end *end) {
  usage->threads++;
  if (!end->has_usage) usage->is_lower_bound = true;
  usage->user_us += end->user_us;
  usage->system_us += end->system_us;
  if (end->peak_rss_kb > usage->peak_rss_kb) usage->peak_rss_kb = end->peak_rss_kb;
  usage->read_bytes += end->read_bytes;
  usage->written_bytes += end->written_bytes;
  usage->read_chars += end->read_chars;
  usage->written_chars += end->written_chars;
  usage->minor_faults += end->minor_faults;
  usage->major_faults += end->major_faults;
}

/* A random UUID (RFC 9562, version 4). */
static void make_id(uint8_t id[IMAGE_ID_BYTES]) {
  if (getrandom(id, IMAGE_ID_BYTES, 0) != IMAGE_ID_BYTES) abort();
  id[6] = (uint8_t)((id[6] & 0x0f) | 0x40);
  id[8] = (uint8_t)((id[8] & 0x3f) | 0x80);
}

struct image *image_new(uint32_t pid, uint64_t started, const char *name) {
  struct image *image = calloc(1, sizeof *image);
  if (image == NULL) {
    count_loss(LOSS_PROCESSES, 1);
    return NULL;
  }
  make_id(image->id);
  image->references = 1;
  image->pid = pid;
  image->started = started;
  memcpy(image->name, name, strnlen(name, sizeof image->name - 1));
  return image;
}

struct image *image_hold(struct image *image) {
  image->references++;
  return image;
}

void image_release(struct image *image) {
  if (--image->references > 0) return;
  for (unsigned i = 0; i < image->object_count; i++) object_release(image->objects[i].object);
  free(image->objects);
  image_forget_start(image);
  free(image);
}

static void inherit_job(struct image *image) {
  if (image->job.id[0] != '\0' || image->inherited == NULL) return;
  /* A container inside of a job is its own. */
  char container[sizeof image->job.container];
  memcpy(container, image->job.container, sizeof container);
  image->job = *image->inherited;
  image->job.source = JOB_FROM_PARENT;
  if (container[0] != '\0') memcpy(image->job.container, container, sizeof container);
}

void image_set_parent(struct image *image, const struct image *parent) {
  memcpy(image->parent_id, parent->id, sizeof image->parent_id);
  image->has_parent = true;
  if (parent->job.id[0] != '\0' && (image->inherited = malloc(sizeof *image->inherited)) != NULL) {
    *image->inherited = parent->job;
  }
  inherit_job(image);
}

void image_doubt_capture(struct image *image) {
  capture_free(image->capture);
  image->capture = NULL;
  if (image->job.source == JOB_FROM_CGROUP) return;
  image->job = (struct job){.source = JOB_UNKNOWN};
  inherit_job(image);
}

void image_forget_start(struct image *image) {
  capture_free(image->capture);
  free(image->inherited);
  image->capture = NULL;
  image->inherited = NULL;
}

enum unknown image_object_unknown(const struct image_object *entry) {
  const struct object *object = entry->object;
  if (!object->has_finding || (object->in_flight && object->finding.unknown != KNOWN)) return UNKNOWN_PENDING;
  if (object->finding.unknown != KNOWN) return object->finding.unknown;
  return object->finding.changed_ns > real_time(entry->mapped) ? UNKNOWN_CHANGED : KNOWN;
}

/* The kernel names what is not a file `[vdso]`, `//anon`, or by the inode of an anonymous file. */
bool is_file_mapping(const char *path) { return path[0] == '/' && path[1] != '/' && strncmp(path, "/dev/zero", 9) != 0; }

static bool has_object(const struct image *image, const struct object *object) {
  for (unsigned i = image->object_count; i > 0; i--) {
    if (image->objects[i - 1].object == object) return true;
  }
  return false;
}

static bool make_room(struct image *image) {
  if (image->object_count < image->object_space) return true;
  const unsigned space = image->object_space == 0 ? 8 : 2 * image->object_space;
  struct image_object *objects =
      space > MAX_IMAGE_OBJECTS ? NULL : realloc(image->objects, space * sizeof *objects);
  if (objects == NULL) return false;
  image->objects = objects;
  image->object_space = space;
  return true;
}

void image_map(struct image *image, const struct mapping *mapping, uint64_t time) {
  struct object *object = object_of(mapping->path, &mapping->file);
  if (object == NULL) {
    image->objects_omitted++;
    if (mapping->fd >= 0) close(mapping->fd);
    return;
  }
  object_request(object, mapping);
  if (has_object(image, object)) {
    object_release(object);
  } else if (!make_room(image)) {
    object_release(object);
    image->objects_omitted++;
    count_loss(LOSS_OBJECTS, 1);
  } else {
    image->objects[image->object_count++] = (struct image_object){object, time, false};
  }
}
