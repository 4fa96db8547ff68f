/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of the parts of the agent. `make unit` runs them under sanitizers. */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../src/base/json.h"
#include "../src/base/table.h"
#include "../src/elf/elf-file.h"
#include "../src/identity/pattern.h"
#include "../src/identity/rules.h"
#include "../src/processes/task-ends.h"
#include "../src/sources/event-queue.h"

static unsigned failures;

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) {                                                     \
      failures++;                                                           \
      printf("%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition);  \
    }                                                                       \
  } while (0)

#include "filter.h"
#include "spool.h"

static const struct job_rules *rules;

/* Lines of /proc/PID/cgroup as schedulers make them, and what they say. */
static const struct {
  const char *cgroup, *scheduler, *job, *step, *task, *container, *slot;
} CGROUPS[] = {
    {"0::/system.slice/slurmstepd.scope/job_4711/step_0/user/task_3\n", "slurm", "4711", "0", "3", "", ""},
    {"0::/system.slice/slurmstepd.scope/job_4711/step_batch/user/task_0\n", "slurm", "4711", "batch", "0", "", ""},
    {"0::/system.slice/slurmstepd.scope/job_4711/step_extern/user/task_special\n", "slurm", "4711", "extern", "special",
     "", ""},
    {"0::/system.slice/slurmstepd.scope/job_4711/step_0/slurm\n", "slurm", "4711", "0", "", "", ""},
    /* Several slurmd on a node. */
    {"0::/system.slice/node7_slurmstepd.scope/job_12/step_1/user/task_0\n", "slurm", "12", "1", "0", "", ""},
    /* Slurm 26.05 has a SLUID in place of the number. */
    {"0::/system.slice/slurmstepd.scope/job_s1WKD5N1G0QZ00/step_0/user/task_0\n", "slurm", "s1WKD5N1G0QZ00", "0", "0", "",
     ""},
    {"11:devices:/slurm/uid_1000/job_99/step_0\n10:memory:/slurm/uid_1000/job_99/step_0/task_2\n1:name=systemd:/\n",
     "slurm", "99", "0", "2", "", ""},
    {"4:freezer:/slurm_node3/uid_0/job_8/step_batch\n", "slurm", "8", "batch", "", "", ""},
    {"4:memory:/pbs_jobs.service/jobid/1234.pbsserver\n", "pbs", "1234.pbsserver", "", "", "", ""},
    {"0::/pbs_jobs.service/jobid/77[3].pbs\n", "pbs", "77[3].pbs", "", "", "", ""},
    {"9:devices:/pbspro.service/jobid/5.head/sub\n", "pbs", "5.head", "", "", "", ""},
    {"3:cpuset:/pbspro.slice/pbspro-1234.pbs\\x2dserver.slice\n", "pbs", "1234.pbs-server", "", "", "", ""},
    {"3:cpuset:/torque/815.master.cluster\n", "torque", "815.master.cluster", "", "", "", ""},
    {"5:memory:/lsf/cluster1/job.1035.24681.1598467392\n", "lsf", "1035", "24681", "1598467392", "", ""},
    {"0::/user.slice/user-500.slice/user@500.service/imp-shell-2-fABC123.service\n", "flux", "fABC123", "", "2", "", ""},
    {"4:memory:/htcondor/condor_var_lib_condor_execute_slot1_3@node4\n", "htcondor", "", "", "", "", "1_3"},
    {"0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod3c9f2d1e_aaaa_4bbb_8ccc_0123456789ab.slice/"
     "cri-containerd-0f9e8d7c6b5a.scope\n",
     "kubernetes", "3c9f2d1e-aaaa-4bbb-8ccc-0123456789ab", "", "", "0f9e8d7c6b5a", ""},
    {"4:memory:/kubepods/besteffort/pod3c9f2d1e-aaaa-4bbb-8ccc-0123456789ab/0f9e8d7c6b5a\n", "kubernetes",
     "3c9f2d1e-aaaa-4bbb-8ccc-0123456789ab", "", "", "0f9e8d7c6b5a", ""},
    {"0::/system.slice/docker-0f9e8d7c6b5a.scope\n", "", "", "", "", "0f9e8d7c6b5a", ""},
    /* A container inside of a job. */
    {"0::/system.slice/slurmstepd.scope/job_5/step_0/user/task_0/libpod-0f9e8d7c.scope\n", "slurm", "5", "0", "0",
     "0f9e8d7c", ""},
    /* What is no job. */
    {"0::/user.slice/user-1000.slice/session-3.scope\n", "", "", "", "", "", ""},
    {"0::/system.slice/slurmd.service\n", "", "", "", "", "", ""},
    {"0::/\n", "", "", "", "", "", ""},
    {"", "", "", "", "", "", ""},
    {"garbage\n::\n:\n0:", "", "", "", "", "", ""},
};

static void jobs_are_found_in_cgroups(void) {
  for (size_t i = 0; i < sizeof CGROUPS / sizeof *CGROUPS; i++) {
    struct job job = {.source = JOB_UNKNOWN};
    const bool found = job_from_cgroup(rules, CGROUPS[i].cgroup, &job);
    const unsigned before = failures;
    CHECK(found == (CGROUPS[i].job[0] != '\0'));
    CHECK(strcmp(job.scheduler, CGROUPS[i].scheduler) == 0);
    CHECK(strcmp(job.id, CGROUPS[i].job) == 0);
    CHECK(strcmp(job.step, CGROUPS[i].step) == 0);
    CHECK(strcmp(job.task, CGROUPS[i].task) == 0);
    CHECK(strcmp(job.container, CGROUPS[i].container) == 0);
    CHECK(strcmp(job.slot, CGROUPS[i].slot) == 0);
    if (failures > before) printf("of %s  found %s/%s/%s/%s\n", CGROUPS[i].cgroup, job.scheduler, job.id, job.step, job.task);
  }
}

static void a_job_id_that_is_too_long_is_none(void) {
  char text[400] = "0::/system.slice/slurmstepd.scope/job_";
  memset(text + strlen(text), '1', MAX_JOB_ID_BYTES);
  strcat(text, "/step_0\n");
  struct job job = {.source = JOB_UNKNOWN};
  CHECK(!job_from_cgroup(rules, text, &job));
  CHECK(job.id[0] == '\0');
}

static void jobs_are_found_in_the_environment(void) {
  static const char slurm[] = "PATH=/bin\0SLURM_JOB_ID=42\0SLURM_STEP_ID=1\0SLURM_PROCID=7";
  static const char sge[] = "JOB_ID=5\0SGE_ROOT=/sge\0SGE_TASK_ID=undefined";
  static const char other[] = "JOB_ID=5\0XSLURM_JOB_ID=1\0SLURM_JOB_ID=\0PBS_JOBIDX=4";
  static const char ours[] = "SLURM_JOB_ID=42\0OGRT_JOB_ID=mine";
  struct job job = {.source = JOB_UNKNOWN};
  CHECK(job_from_environment(rules, slurm, sizeof slurm, &job));
  CHECK(strcmp(job.id, "42") == 0 && strcmp(job.step, "1") == 0 && strcmp(job.task, "7") == 0);
  job = (struct job){.source = JOB_UNKNOWN};
  CHECK(job_from_environment(rules, sge, sizeof sge, &job));
  CHECK(strcmp(job.id, "5") == 0 && strcmp(job.scheduler, "sge") == 0);
  job = (struct job){.source = JOB_UNKNOWN};
  CHECK(!job_from_environment(rules, other, sizeof other, &job));
  CHECK(job_from_environment(rules, ours, sizeof ours, &job) && strcmp(job.id, "mine") == 0);
  CHECK(!job_from_environment(rules, "", 0, &job) || job.id[0] != '\0');
}

static void a_hostile_path_ends_the_comparison(void) {
  char path[4096];
  struct capture_span spans[FIELDS];
  memset(path, 'a', sizeof path);
  CHECK(!pattern_matches("*a*a*a*a*a*a*a*{job}b", path, sizeof path, spans));
}

static void wrong_rules_are_refused_by_line(void) {
  static const char *const wrong[] = {
      "cgroup slurm", "cgroup slurm {jib}", "cgroup slurm {job", "cgroup slurm {job:digits}", "cgroup a b c", "job x y",
      "environment slurm", "environment slurm A step", "environment slurm A step=", "environment slurm A if",
      "environment s A if B C", "cgroup a_name_that_is_too_long /",
  };
  unsigned line;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    char text[128];
    snprintf(text, sizeof text, "# comment\n\n%s\n", wrong[i]);
    CHECK(job_rules_parse(text, &line) == NULL);
    CHECK(line == 3);
  }
}

static void events_come_in_the_order_of_their_times(void) {
  static struct event_queue queue;
  uint64_t last = 0;
  unsigned taken = 0;
  srand(1);
  for (unsigned i = 0; i < 5000; i++) {
    struct event *event = event_new(EVENT_EXIT, "", 0);
    event->time = (uint64_t)(rand() % 1000);
    event->pid = i;
    event_queue_add(&queue, event);
  }
  for (uint64_t horizon = 0; horizon <= 1000; horizon += 100) {
    uint32_t pid = 0;
    for (struct event *event; (event = event_queue_take(&queue, horizon)) != NULL; taken++) {
      CHECK(event->time >= last && event->time <= horizon);
      CHECK(event->time > last || event->pid >= pid);
      pid = event->pid;
      last = event->time;
      event_free(event);
    }
  }
  CHECK(taken == 5000);
}

static void task_ends_of_a_reused_number_come_in_order(void) {
  struct task_end end = {.tid = 7, .exit_code = 1};
  for (unsigned i = 0; i < 300; i++) task_ends_add(&(struct task_end){.tid = 1000 + i});
  task_ends_add(&end);
  end.exit_code = 2;
  task_ends_add(&end);
  for (unsigned i = 300; i < 900; i++) task_ends_add(&(struct task_end){.tid = 1000 + i});
  CHECK(task_ends_take(7, &end) && end.exit_code == 1);
  CHECK(task_ends_take(7, &end) && end.exit_code == 2);
  CHECK(!task_ends_take(7, &end));
  task_ends_forget(1000, UINT64_MAX);
  CHECK(!task_ends_take(1000, &end));
}

static void json_keeps_every_byte(void) {
  struct json json = {0};
  int pipes[2];
  char text[128] = "";
  if (pipe(pipes) != 0) abort();
  json_begin(&json);
  json_open(&json, NULL, '{');
  json_bytes(&json, "a", "\xff\"\\\0\n\xc3\xa9\xc3", 8);
  json_null(&json, "b");
  json_close(&json, '}');
  CHECK(json_write(&json, pipes[1]));
  CHECK(read(pipes[0], text, sizeof text - 1) > 0);
  CHECK(strcmp(text, "{\"a\":\"\\\\xff\\\"\\\\\\\\\\\\x00\\u000a\xc3\xa9\\\\xc3\",\"b\":null}\n") == 0);
  free(json.text);
}

/* A file in memory with one note segment. */
static int elf_file(const void *notes, size_t size, uint64_t alignment, uint64_t claimed_offset, uint64_t claimed_size) {
  Elf64_Ehdr header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
                       .e_phoff = sizeof header, .e_phentsize = sizeof(Elf64_Phdr), .e_phnum = 1};
  Elf64_Phdr segment = {.p_type = PT_NOTE, .p_offset = claimed_offset, .p_filesz = claimed_size, .p_align = alignment};
  const int fd = memfd_create("test", MFD_CLOEXEC);
  if (fd < 0 || write(fd, &header, sizeof header) < 0 || write(fd, &segment, sizeof segment) < 0) abort();
  if (write(fd, notes, size) != (ssize_t)size) abort();
  return fd;
}

static void hostile_files_are_read_within_bounds(void) {
  enum { START = sizeof(Elf64_Ehdr) + sizeof(Elf64_Phdr) };
  static uint8_t notes[256];
  struct notes found;
  static const struct {
    uint64_t offset, size;
    enum elf_result result;
  } claims[] = {
      {START, sizeof notes, ELF_READ},          {START, sizeof notes + 1, ELF_MALFORMED},
      {UINT64_MAX, 16, ELF_MALFORMED},          {UINT64_MAX - 8, 16, ELF_MALFORMED},
      {INT64_MAX, 16, ELF_MALFORMED},           {START, UINT64_MAX, ELF_TOO_LARGE},
      {START, (64 << 10) + 1, ELF_TOO_LARGE},   {0, 0, ELF_READ},
  };
  for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
    const int fd = elf_file(notes, sizeof notes, 4, claims[i].offset, claims[i].size);
    CHECK(elf_read_notes(fd, &found) == claims[i].result);
    close(fd);
  }
  /* Sizes of names and descriptors that lie. */
  for (uint32_t size = UINT32_MAX; size > 1; size /= 2) {
    for (unsigned word = 0; word < 2; word++) {
      memset(notes, 0, sizeof notes);
      memcpy(notes + 4 * word, &size, sizeof size);
      const int fd = elf_file(notes, sizeof notes, 8, START, sizeof notes);
      CHECK(elf_read_notes(fd, &found) == ELF_READ);
      CHECK(found.signature_count == 0 && found.build_id_size == 0);
      close(fd);
    }
  }
}

int main(void) {
  unsigned line;
  rules = job_rules_parse(job_rules_default, &line);
  if (rules == NULL) {
    printf("job-rules.conf:%u is not a rule\n", line);
    return 1;
  }
  jobs_are_found_in_cgroups();
  a_job_id_that_is_too_long_is_none();
  jobs_are_found_in_the_environment();
  a_hostile_path_ends_the_comparison();
  wrong_rules_are_refused_by_line();
  events_come_in_the_order_of_their_times();
  task_ends_of_a_reused_number_come_in_order();
  json_keeps_every_byte();
  hostile_files_are_read_within_bounds();
  the_filter_permits_no_opening_for_writing();
  test_spool();
  if (failures == 0) puts("all unit tests pass");
  return failures != 0;
}
