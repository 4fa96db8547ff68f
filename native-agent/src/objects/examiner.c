/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "examiner.h"

#include <pthread.h>
#include <stdlib.h>

enum { MAX_REQUESTS = 4096, STACK_BYTES = 128 << 10 };

/* The thread reads only what never changes of an object: its path and its file. */
struct request {
  struct request *next;
  struct object *object;
  struct mapping mapping;
  struct finding before, finding;
  bool has_before;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t added = PTHREAD_COND_INITIALIZER;
static struct request *waiting, **waiting_end = &waiting, *done;
static unsigned count; /* in both lists, and in the hands of the thread */

static void *run(void *unused) {
  struct reader reader = {0};
  (void)unused;
  for (;;) {
    pthread_mutex_lock(&lock);
    while (waiting == NULL) pthread_cond_wait(&added, &lock);
    struct request *request = waiting;
    waiting = request->next;
    if (waiting == NULL) waiting_end = &waiting;
    pthread_mutex_unlock(&lock);

    request->finding = examine_mapping(&request->mapping, request->has_before ? &request->before : NULL, &reader);

    pthread_mutex_lock(&lock);
    request->next = done;
    done = request;
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

bool examiner_start(void) {
  pthread_attr_t attributes;
  pthread_t thread;
  if (pthread_attr_init(&attributes) != 0) return false;
  pthread_attr_setstacksize(&attributes, STACK_BYTES);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  const bool started = pthread_create(&thread, &attributes, run, NULL) == 0;
  pthread_attr_destroy(&attributes);
  return started;
}

bool examiner_add(struct object *object, const struct mapping *mapping) {
  struct request *request = count >= MAX_REQUESTS ? NULL : calloc(1, sizeof *request);
  if (request == NULL) return false;
  request->object = object;
  request->mapping = *mapping;
  request->mapping.path = object->path;
  request->mapping.file = object->file;
  request->has_before = object->has_finding;
  request->before = object->finding;
  count++;
  pthread_mutex_lock(&lock);
  *waiting_end = request;
  waiting_end = &request->next;
  pthread_cond_signal(&added);
  pthread_mutex_unlock(&lock);
  return true;
}

void examiner_collect(void (*take)(struct object *object, const struct finding *finding)) {
  pthread_mutex_lock(&lock);
  struct request *list = done;
  done = NULL;
  pthread_mutex_unlock(&lock);
  for (struct request *next; list != NULL; list = next) {
    next = list->next;
    take(list->object, &list->finding);
    free(list);
    count--;
  }
}
