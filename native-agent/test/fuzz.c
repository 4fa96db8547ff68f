/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer on what comes from files and from users: `make fuzz`. The first byte chooses the parser. */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../src/elf/elf-file.h"
#include "../src/identity/rules.h"
#include "../src/sources/taskstats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(void *data, const struct task_end *end) { (void)data, (void)end; }

static void read_elf(const uint8_t *data, size_t size) {
  static int fd = -1;
  struct notes notes;
  if (fd < 0) fd = memfd_create("fuzz", 0);
  if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size) abort();
  elf_read_notes(fd, &notes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static struct job_rules *rules;
  unsigned line;
  if (size < 1) return 0;
  if (rules == NULL) rules = job_rules_parse(job_rules_default, &line);
  char *text = malloc(size);
  memcpy(text, data + 1, size - 1);
  text[size - 1] = '\0';
  struct job job = {.source = JOB_UNKNOWN};
  struct job_rules *parsed;
  switch (data[0] % 5) {
    case 0: read_elf(data + 1, size - 1); break;
    case 1: job_from_cgroup(rules, text, &job); break;
    case 2: job_from_environment(rules, text, size, &job); break;
    case 3:
      parsed = job_rules_parse(text, &line);
      if (parsed != NULL) job_rules_free(parsed);
      break;
    default: {
      /* As aligned as the buffer that a socket fills. */
      taskstats_read(text, size, ignore, NULL);
    }
  }
  free(text);
  return 0;
}
