/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "task-ends.h"

#include <stdlib.h>

#include "../base/clock.h"
#include "../base/losses.h"
#include "../base/table.h"

enum { MAX_TASK_ENDS = 1 << 16, EXPIRY_S = 10 };

struct entry {
  struct link link; /* by tid */
  uint64_t received; /* EVENT_CLOCK */
  struct task_end end;
};

static struct table table;

void task_ends_add(const struct task_end *end) {
  struct entry *entry = table.count >= MAX_TASK_ENDS ? NULL : malloc(sizeof *entry);
  if (entry == NULL || !table_add(&table, &entry->link, end->tid)) {
    free(entry);
    count_loss(LOSS_TASKSTATS, 1);
    return;
  }
  entry->received = now_ns();
  entry->end = *end;
}

static struct entry *oldest_of(uint32_t tid) {
  struct link *oldest = NULL;
  for (struct link *link = table_find(&table, tid); link != NULL; link = table_next(link)) oldest = link;
  return (struct entry *)oldest;
}

bool task_ends_take(uint32_t tid, struct task_end *end) {
  struct entry *entry = oldest_of(tid);
  if (entry == NULL) return false;
  *end = entry->end;
  table_remove(&table, &entry->link);
  free(entry);
  return true;
}

void task_ends_forget(uint32_t tid, uint64_t before) {
  for (struct entry *entry; (entry = oldest_of(tid)) != NULL && entry->received < before;) {
    table_remove(&table, &entry->link);
    free(entry);
  }
}

static void expire(void *limit, struct link *link) {
  struct entry *entry = (struct entry *)link;
  if (entry->received >= *(const uint64_t *)limit) return;
  table_remove(&table, link);
  free(entry);
}

void task_ends_expire(uint64_t now) {
  uint64_t limit = now - EXPIRY_S * NS_PER_S;
  table_each(&table, expire, &limit);
}
