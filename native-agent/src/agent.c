/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/losses.h"
#include "delivery/delivery.h"
#include "heartbeat.h"
#include "privileges/filter.h"
#include "privileges/privileges.h"
#include "processes/lines.h"
#include "processes/processes.h"
#include "processes/records.h"
#include "processes/scan.h"
#include "sources/event-queue.h"
#include "sources/perf.h"

enum {
  /* Events are handled when they are this old: until then, a CPU may still write an older one. */
  EVENT_DELAY_MS = 25,
  EXEC_MS = 8,       /* in which the kernel puts the arguments of a process in place; less than EVENT_DELAY_MS */
  RETRY_US = 100,    /* until they are read again */
  PASS_MS = 10,      /* between readings of what can wait */
  TICK_MS = 50,
  IDLE_MS = 100,
  LOSSES_MS = 1000,
  HEARTBEAT_MS = 10000,
  MAX_RETRIES = 256,
};

struct agent {
  struct perf *perf;
  int taskstats; /* -1: not to be had */
  int epoll;
  struct procfs procfs;
  struct event_queue queue;
  struct event *retries[MAX_RETRIES]; /* execs in `queue` whose arguments were not there yet */
  unsigned retry_count;
  uint64_t handled; /* the horizon of the last pass */
  uint64_t next_pass, next_tick, next_losses, next_heartbeat;
  bool delivers; /* else it prints */
};

static volatile sig_atomic_t stopping;
static void stop(int signal) { stopping = signal; }

static void take_event(void *data, struct event *event) {
  struct agent *agent = data;
  if (event->time <= agent->handled) count_loss(LOSS_ORDER, 1);
  if (event->type == EVENT_EXEC) {
    event->capture = capture_process(&agent->procfs, event->pid, false);
  }
  const bool is_worth_it = event->capture != NULL && !event->capture->is_complete;
  if (!event_queue_add(&agent->queue, event)) return;
  if (is_worth_it && agent->retry_count < MAX_RETRIES) agent->retries[agent->retry_count++] = event;
}

static void take_task_end(void *unused, const struct task_end *end) {
  (void)unused;
  processes_add_task_end(end);
}

/* An exec that takes longer than it should, or whose turn to be handled has come, is read as it is. */
static void retry_captures(struct agent *agent, uint64_t now, uint64_t horizon) {
  unsigned kept = 0;
  for (unsigned i = 0; i < agent->retry_count; i++) {
    struct event *event = agent->retries[i];
    const bool is_settled = event->time <= horizon || now > event->time + (uint64_t)EXEC_MS * NS_PER_MS;
    capture_again(&agent->procfs, event->pid, event->capture, is_settled);
    if (!event->capture->is_complete && !is_settled) agent->retries[kept++] = event;
  }
  agent->retry_count = kept;
}

/* Handles events up to a time, after what taskstats tells of their exits has been read. */
static void pass(struct agent *agent, uint64_t horizon) {
  perf_drain_tasks(agent->perf, take_event, agent);
  perf_drain_mappings(agent->perf, take_event, agent);
  retry_captures(agent, now_ns(), horizon);
  if (agent->taskstats >= 0) taskstats_drain(agent->taskstats, take_task_end, NULL);
  for (struct event *event; (event = event_queue_take(&agent->queue, horizon)) != NULL;) processes_handle(event);
  agent->handled = horizon;
}

/* After a loss, /proc tells which processes are there. */
static void count_losses(struct agent *agent, uint64_t now) {
  bool has_lost = perf_count_losses(agent->perf);
  if (agent->taskstats >= 0) taskstats_count_losses(agent->taskstats);
  if (!has_lost) return;
  pass(agent, now);
  scan_processes(&agent->procfs);
}

static bool is_due(uint64_t now, uint64_t *next, unsigned interval_ms) {
  if (now < *next) return false;
  *next = now + (uint64_t)interval_ms * NS_PER_MS;
  return true;
}

static void wait_for_events(const struct agent *agent) {
  struct epoll_event ready[64];
  const struct timespec retry = {.tv_nsec = RETRY_US * NS_PER_US};
  if (agent->retry_count > 0)
    nanosleep(&retry, NULL);
  else
    epoll_wait(agent->epoll, ready, 64, agent->queue.count > 0 ? PASS_MS : IDLE_MS);
}

static bool beat(const struct agent *agent) {
  return agent->delivers ? delivery_heartbeat() : print_heartbeat("heartbeat");
}

/* Every wake-up reads execs, whose arguments cannot wait; all else is done a few times a second. */
static void loop(struct agent *agent) {
  bool is_read = true;
  while (stopping == 0 && is_read) {
    wait_for_events(agent);
    const uint64_t now = now_ns(), horizon = now - (uint64_t)EVENT_DELAY_MS * NS_PER_MS;
    perf_drain_tasks(agent->perf, take_event, agent);
    retry_captures(agent, now, horizon);
    if (!is_due(now, &agent->next_pass, PASS_MS)) continue;
    pass(agent, horizon);
    if (is_due(now, &agent->next_losses, LOSSES_MS)) count_losses(agent, now);
    if (is_due(now, &agent->next_tick, TICK_MS)) {
      objects_collect();
      processes_settle(horizon);
      is_read = records_flush(now, false) && (!agent->delivers || delivery_flush());
    }
    if (is_due(now, &agent->next_heartbeat, HEARTBEAT_MS)) is_read &= beat(agent);
  }
}

static bool watch(void *data, int fd) {
  const struct agent *agent = data;
  struct epoll_event event = {.events = EPOLLIN};
  return epoll_ctl(agent->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static int fail(const char *what) {
  fprintf(stderr, "ogrt-agent: %s: %s; see ogrt-agent --check\n", what, strerror(errno));
  return 1;
}

static void set_signals(void) {
  struct sigaction action = {.sa_handler = stop};
  sigaction(SIGTERM, &action, NULL);
  sigaction(SIGINT, &action, NULL);
  action.sa_handler = SIG_IGN;
  sigaction(SIGPIPE, &action, NULL);
  sigaction(SIGCHLD, &action, NULL);
}

/* Three descriptors for each CPU. */
static void raise_descriptor_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

/* Opens what needs privileges, then gives up all but those that reading processes and files needs. */
static int prepare(struct agent *agent, const struct settings *settings) {
  raise_descriptor_limit();
  if (settings->delivery != NULL) {
    if (!delivery_prepare(settings->delivery, settings->user, settings->group)) {
      return fail("cannot make the directory of the spool");
    }
    if (!delivery_start(settings->delivery, settings->user, settings->group)) return fail("cannot start the delivery");
    agent->delivers = true;
  }
  agent->epoll = epoll_create1(EPOLL_CLOEXEC);
  if (agent->epoll < 0) return fail("cannot wait for events");
  agent->perf = perf_open();
  if (agent->perf == NULL) return fail("cannot open the kernel's events (perf_event_open)");
  if (!perf_each_descriptor(agent->perf, watch, agent)) return fail("cannot wait for the kernel's events");
  agent->taskstats = taskstats_open();
  if (agent->taskstats < 0) {
    fprintf(stderr, "ogrt-agent: no taskstats (%s): exit states and usage of processes will be unknown\n", strerror(errno));
  }
  if (!drop_privileges(settings->user, settings->group, KEPT_CAPABILITIES)) return fail("cannot give up privileges");
  if (filter_is_supported() && !filter_agent()) return fail("cannot set a seccomp filter");
  if (!objects_start()) return fail("cannot start a thread");
  return 0;
}

int run_agent(const struct settings *settings) {
  static struct agent agent;
  set_signals();
  const int status = prepare(&agent, settings);
  if (status != 0) return status;
  procfs_init(&agent.procfs, settings->rules);
  records_init(agent.delivers ? delivery_write : print_record, &agent.procfs);
  processes_init(perf_has_build_ids(agent.perf));
  if (agent.delivers)
    delivery_greet(agent.perf, agent.taskstats >= 0);
  else if (!print_greeting(agent.perf, agent.taskstats >= 0))
    return 1;
  agent.next_heartbeat = now_ns() + (uint64_t)HEARTBEAT_MS * NS_PER_MS;
  scan_processes(&agent.procfs);
  loop(&agent);
  pass(&agent, now_ns());
  count_losses(&agent, now_ns());
  objects_collect();
  bool is_read = records_flush(now_ns(), true) && (agent.delivers || print_heartbeat("stop"));
  if (agent.delivers) is_read &= delivery_end();
  perf_close(agent.perf);
  return is_read ? 0 : 1;
}
