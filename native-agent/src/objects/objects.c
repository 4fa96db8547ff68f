/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "objects.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/clock.h"
#include "../base/losses.h"
#include "examiner.h"

enum {
  MAX_OBJECTS = 1 << 14,
  MAX_PATHS_BYTES = 4 << 20,
  /* A file that is changed in place without a new build-id, in this time after it was read, is taken for the same. */
  CONFIRM_INTERVAL_MS = 1000,
};

static struct table table;
static struct object *oldest, *newest; /* of those without references */
static size_t paths_bytes;

size_t objects_count(void) { return table.count; }

static uint64_t key_of(const char *path, size_t size, const struct mapped_file *file) {
  uint64_t hash = hash_add(0xcbf29ce484222325u, path, size);
  hash = hash_add(hash, &file->inode, sizeof file->inode);
  return hash_add(hash, file->build_id, file->build_id_size);
}

static bool is_same_file(const struct mapped_file *a, const struct mapped_file *b) {
  return a->has_inode == b->has_inode && a->inode == b->inode && a->generation == b->generation &&
         a->major == b->major && a->minor == b->minor && a->build_id_size == b->build_id_size &&
         memcmp(a->build_id, b->build_id, a->build_id_size) == 0;
}

static void unlink_unused(struct object *object) {
  *(object->older == NULL ? &oldest : &object->older->newer) = object->newer;
  *(object->newer == NULL ? &newest : &object->newer->older) = object->older;
  object->older = object->newer = NULL;
}

static void evict_oldest(void) {
  struct object *object = oldest;
  unlink_unused(object);
  table_remove(&table, &object->link);
  paths_bytes -= object->path_size;
  free(object->finding.signatures);
  free(object);
}

static struct object *find(const char *path, size_t size, const struct mapped_file *file, uint64_t key) {
  for (struct link *link = table_find(&table, key); link != NULL; link = table_next(link)) {
    struct object *object = (struct object *)link;
    if (object->path_size == size && memcmp(object->path, path, size) == 0 && is_same_file(&object->file, file)) {
      return object;
    }
  }
  return NULL;
}

struct object *object_of(const char *path, const struct mapped_file *file) {
  const size_t size = strlen(path);
  const uint64_t key = key_of(path, size, file);
  struct object *object = find(path, size, file, key);
  if (object != NULL) {
    if (object->references++ == 0) unlink_unused(object);
    return object;
  }
  while (oldest != NULL && (table.count >= MAX_OBJECTS || paths_bytes + size > MAX_PATHS_BYTES)) evict_oldest();
  const bool has_room = table.count < MAX_OBJECTS && paths_bytes + size <= MAX_PATHS_BYTES;
  object = has_room ? calloc(1, sizeof *object + size + 1) : NULL;
  if (object == NULL || !table_add(&table, &object->link, key)) {
    free(object);
    count_loss(LOSS_OBJECTS, 1);
    return NULL;
  }
  object->references = 1;
  object->file = *file;
  object->path_size = size;
  memcpy(object->path, path, size);
  paths_bytes += size;
  return object;
}

void object_release(struct object *object) {
  if (--object->references > 0) return;
  object->older = newest;
  *(newest == NULL ? &oldest : &newest->newer) = object;
  newest = object;
}

void object_request(struct object *object, const struct mapping *mapping) {
  const bool is_fresh = object->has_finding && object->finding.unknown == KNOWN &&
                        now_ns() - object->checked < (uint64_t)CONFIRM_INTERVAL_MS * NS_PER_MS;
  if (!object->in_flight && !is_fresh && examiner_add(object, mapping)) {
    object->in_flight = true;
    object->references++; /* until its result is taken */
  } else if (mapping->fd >= 0) {
    close(mapping->fd);
  }
}

/* What was found before stays where the file cannot be found now: it is what the same mapping had. */
static void take_result(struct object *object, const struct finding *finding) {
  object->in_flight = false;
  if (finding->unknown == KNOWN || !object->has_finding || object->finding.unknown != KNOWN ||
      finding->unknown == UNKNOWN_CHANGED) {
    if (object->finding.signatures != finding->signatures) free(object->finding.signatures);
    object->finding = *finding;
    object->has_finding = true;
  }
  object->checked = now_ns();
  object_release(object);
}

void objects_collect(void) { examiner_collect(take_result); }

bool objects_start(void) { return examiner_start(); }
