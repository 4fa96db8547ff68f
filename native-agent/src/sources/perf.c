/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "perf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../base/clock.h"
#include "../base/losses.h"
#include "perf-abi.h"

enum {
  MIN_RING_BYTES = 64 << 10,
  MAX_RING_BYTES = 512 << 10,  /* of mappings: some 400 processes */
  ALL_RINGS_BYTES = 32 << 20,  /* of a machine with many CPUs */
  MAPPING_RING_FACTOR = 4,     /* of the ring of tasks, whose records are fewer and shorter */
  MAX_RECORD_BYTES = 1 << 16,
  MAX_CPUS = 8192,
};

struct ring {
  struct perf_ring_page *page; /* NULL: no ring */
  uint64_t size;
};

struct cpu {
  int tasks, build_ids, files; /* descriptors; `build_ids` writes to the ring of `files` */
  struct ring task_ring, mapping_ring;
  uint64_t files_id;
  uint64_t lost[3];            /* counted so far, as PERF_FORMAT_LOST tells */
};

struct perf {
  bool has_build_ids, exact_losses, gap;
  uint64_t lost_records; /* told by PERF_RECORD_LOST since the last count */
  unsigned count;
  struct cpu cpus[];
};

static int open_event(int cpu, uint64_t flags, bool exact_losses, uint32_t watermark) {
  struct perf_attributes attributes = {
      .type = PERF_TYPE_SOFTWARE,
      .size = sizeof attributes,
      .config = PERF_COUNT_SW_DUMMY,
      .sample_type = PERF_SAMPLE_TID | PERF_SAMPLE_TIME | PERF_SAMPLE_IDENTIFIER,
      .read_format = exact_losses ? PERF_FORMAT_LOST : 0,
      .flags = flags | PERF_ATTR_SAMPLE_ID_ALL | PERF_ATTR_USE_CLOCK_ID | PERF_ATTR_WATERMARK,
      .wakeup_watermark = watermark,
      .clock_id = EVENT_CLOCK,
  };
  return (int)syscall(SYS_perf_event_open, &attributes, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
}

static bool map_ring(int fd, uint64_t size, struct ring *ring) {
  void *page = mmap(NULL, (size_t)(sysconf(_SC_PAGESIZE) + (long)size), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (page == MAP_FAILED) return false;
  *ring = (struct ring){page, size};
  return true;
}

static bool open_cpu(struct perf *perf, int number, uint64_t ring_bytes) {
  struct cpu *cpu = &perf->cpus[perf->count];
  *cpu = (struct cpu){.tasks = -1, .build_ids = -1, .files = -1};
  perf->count++;
  const uint64_t files = PERF_ATTR_MMAP | PERF_ATTR_MMAP2;
  cpu->tasks = open_event(number, PERF_ATTR_TASK | PERF_ATTR_COMM | PERF_ATTR_COMM_EXEC, perf->exact_losses, 1);
  cpu->files = open_event(number, files, perf->exact_losses, (uint32_t)ring_bytes / 4);
  if (cpu->tasks < 0 || cpu->files < 0) return false;
  if (!map_ring(cpu->tasks, ring_bytes / MAPPING_RING_FACTOR, &cpu->task_ring)) return false;
  if (!map_ring(cpu->files, ring_bytes, &cpu->mapping_ring)) return false;
  if (ioctl(cpu->files, PERF_IOCTL_ID, &cpu->files_id) != 0) return false;
  if (!perf->has_build_ids) return true;
  cpu->build_ids = open_event(number, files | PERF_ATTR_BUILD_ID, perf->exact_losses, (uint32_t)ring_bytes / 4);
  return cpu->build_ids >= 0 && ioctl(cpu->build_ids, PERF_IOCTL_SET_OUTPUT, cpu->files) == 0;
}

/* Whether the kernel knows attributes, by CPU 0, which every machine has. */
static bool accepts(uint64_t flags, bool exact_losses) {
  const int fd = open_event(0, flags | PERF_ATTR_MMAP | PERF_ATTR_MMAP2, exact_losses, 1);
  if (fd < 0) return false;
  close(fd);
  return true;
}

static uint64_t ring_bytes_for(unsigned cpus) {
  uint64_t bytes = MAX_RING_BYTES;
  while (bytes > MIN_RING_BYTES && bytes * cpus > ALL_RINGS_BYTES) bytes /= 2;
  return bytes;
}

struct perf *perf_open(void) {
  const long configured = sysconf(_SC_NPROCESSORS_CONF);
  const unsigned cpus = configured < 1 ? 1 : configured > MAX_CPUS ? MAX_CPUS : (unsigned)configured;
  struct perf *perf = calloc(1, sizeof *perf + cpus * sizeof *perf->cpus);
  if (perf == NULL) return NULL;
  perf->has_build_ids = accepts(PERF_ATTR_BUILD_ID, false);
  perf->exact_losses = accepts(0, true);
  for (unsigned number = 0; number < cpus; number++) {
    if (open_cpu(perf, (int)number, ring_bytes_for(cpus))) continue;
    const int error = errno;
    /* ENODEV: the CPU is offline. */
    if (error == ENODEV && perf->cpus[perf->count - 1].tasks < 0) {
      perf->count--;
      continue;
    }
    perf_close(perf);
    errno = error;
    return NULL;
  }
  return perf;
}

static void close_ring(struct ring *ring) {
  if (ring->page != NULL) munmap(ring->page, (size_t)sysconf(_SC_PAGESIZE) + ring->size);
}

void perf_close(struct perf *perf) {
  for (unsigned i = 0; i < perf->count; i++) {
    struct cpu *cpu = &perf->cpus[i];
    close_ring(&cpu->task_ring);
    close_ring(&cpu->mapping_ring);
    if (cpu->build_ids >= 0) close(cpu->build_ids);
    if (cpu->files >= 0) close(cpu->files);
    if (cpu->tasks >= 0) close(cpu->tasks);
  }
  free(perf);
}

bool perf_has_build_ids(const struct perf *perf) { return perf->has_build_ids; }
bool perf_counts_losses(const struct perf *perf) { return perf->exact_losses; }

bool perf_each_descriptor(const struct perf *perf, bool (*add)(void *data, int fd), void *data) {
  for (unsigned i = 0; i < perf->count; i++) {
    if (!add(data, perf->cpus[i].tasks) || !add(data, perf->cpus[i].files)) return false;
  }
  return true;
}

static struct event *read_task(const struct perf_task_record *record) {
  struct event *event = event_new(record->header.type == PERF_RECORD_FORK ? EVENT_FORK : EVENT_EXIT, "", 0);
  if (event == NULL) return NULL;
  event->pid = record->pid;
  event->tid = record->tid;
  event->parent_pid = record->parent_pid;
  return event;
}

static struct event *read_exec(const struct perf_comm_record *record, size_t size) {
  struct event *event = event_new(EVENT_EXEC, record->comm, size - sizeof *record);
  if (event == NULL) return NULL;
  event->pid = record->pid;
  event->tid = record->tid;
  return event;
}

/*
 * The kernel does not take the flag of build-ids back from one event to the next, which may be of another program, so
 * that of the event without them means nothing.
 */
static struct event *read_mapping(const struct perf_mmap2_record *record, size_t size, bool is_plain) {
  struct event *event = event_new(EVENT_MAPPING, record->path, size - sizeof *record);
  if (event == NULL) return NULL;
  event->pid = record->pid;
  event->tid = record->tid;
  event->address = record->address;
  event->size = record->length;
  struct mapped_file *file = &event->file;
  if (!is_plain && (record->header.misc & PERF_RECORD_MISC_MMAP_BUILD_ID) != 0) {
    file->build_id_size =
        record->build_id_size <= KERNEL_BUILD_ID_BYTES ? record->build_id_size : KERNEL_BUILD_ID_BYTES;
    memcpy(file->build_id, record->build_id, file->build_id_size);
  } else {
    file->has_inode = true;
    file->major = record->major;
    file->minor = record->minor;
    file->inode = record->inode;
    file->generation = record->generation;
  }
  return event;
}

/* `size` is that of the record without its trailer. NULL for records that are of no interest. */
static struct event *read_record(struct perf *perf, const struct cpu *cpu, const struct perf_header *header,
                                 size_t size, const struct perf_trailer *trailer) {
  const void *record = header;
  const bool is_plain = trailer->event_id == cpu->files_id;
  switch (header->type) {
    case PERF_RECORD_FORK:
    case PERF_RECORD_EXIT:
      return size < sizeof(struct perf_task_record) ? NULL : read_task(record);
    case PERF_RECORD_COMM:
      if ((header->misc & PERF_RECORD_MISC_COMM_EXEC) == 0 || size < sizeof(struct perf_comm_record)) return NULL;
      return read_exec(record, size);
    case PERF_RECORD_MMAP2:
      return size < sizeof(struct perf_mmap2_record) ? NULL : read_mapping(record, size, is_plain);
    case PERF_RECORD_LOST:
      perf->gap = true;
      if (size >= sizeof(struct perf_lost_record)) perf->lost_records += ((const struct perf_lost_record *)record)->lost;
      return NULL;
    default:
      return NULL;
  }
}

static void copy_from_ring(const struct ring *ring, uint64_t at, void *to, size_t size) {
  const uint8_t *data = (const uint8_t *)ring->page + ring->page->data_offset;
  const uint64_t offset = at & (ring->size - 1);
  const size_t first = size <= ring->size - offset ? size : (size_t)(ring->size - offset);
  memcpy(to, data + offset, first);
  memcpy((uint8_t *)to + first, data, size - first);
}

/* Each event of a CPU gets its own record of each fork and exit. Those in the ring of tasks count. */
static bool is_duplicate(const struct cpu *cpu, const struct ring *ring, uint32_t type) {
  return ring == &cpu->mapping_ring && (type == PERF_RECORD_FORK || type == PERF_RECORD_EXIT);
}

static void drain_ring(struct perf *perf, const struct cpu *cpu, const struct ring *ring,
                       void (*receive)(void *, struct event *), void *data) {
  static union {
    struct perf_header header;
    uint8_t bytes[MAX_RECORD_BYTES];
  } record;
  const uint64_t head = __atomic_load_n(&ring->page->head, __ATOMIC_ACQUIRE);
  uint64_t tail = ring->page->tail;
  while (head - tail >= sizeof record.header) {
    copy_from_ring(ring, tail, &record.header, sizeof record.header);
    const size_t size = record.header.size;
    if (size < sizeof record.header || size > head - tail) { /* cannot be: the kernel writes whole records */
      perf->gap = true;
      tail = head;
      break;
    }
    copy_from_ring(ring, tail, &record, size);
    tail += size;
    struct perf_trailer trailer;
    if (size < sizeof record.header + sizeof trailer || is_duplicate(cpu, ring, record.header.type)) continue;
    memcpy(&trailer, record.bytes + size - sizeof trailer, sizeof trailer);
    struct event *event = read_record(perf, cpu, &record.header, size - sizeof trailer, &trailer);
    if (event == NULL) continue;
    event->time = trailer.time;
    receive(data, event);
  }
  __atomic_store_n(&ring->page->tail, tail, __ATOMIC_RELEASE);
}

void perf_drain_tasks(struct perf *perf, void (*receive)(void *data, struct event *event), void *data) {
  const struct cpu *const end = perf->cpus + perf->count;
  for (const struct cpu *cpu = perf->cpus; cpu < end; cpu++) drain_ring(perf, cpu, &cpu->task_ring, receive, data);
}

void perf_drain_mappings(struct perf *perf, void (*receive)(void *data, struct event *event), void *data) {
  const struct cpu *const end = perf->cpus + perf->count;
  for (const struct cpu *cpu = perf->cpus; cpu < end; cpu++) drain_ring(perf, cpu, &cpu->mapping_ring, receive, data);
}

static uint64_t new_losses(int fd, uint64_t *counted) {
  uint64_t values[2]; /* the counter of the dummy, which is always 0, and the losses */
  if (fd < 0 || read(fd, values, sizeof values) != (ssize_t)sizeof values) return 0;
  const uint64_t added = values[1] - *counted;
  *counted = values[1];
  return added;
}

bool perf_count_losses(struct perf *perf) {
  uint64_t lost = 0;
  for (unsigned i = 0; perf->exact_losses && i < perf->count; i++) {
    struct cpu *cpu = &perf->cpus[i];
    lost += new_losses(cpu->tasks, &cpu->lost[0]) + new_losses(cpu->files, &cpu->lost[1]) +
            new_losses(cpu->build_ids, &cpu->lost[2]);
  }
  /* An older kernel tells losses only in front of the next record that fits. */
  if (!perf->exact_losses) lost = perf->lost_records;
  perf->lost_records = 0;
  count_loss(LOSS_PERF_RECORDS, lost);
  const bool gap = perf->gap || lost > 0;
  perf->gap = false;
  return gap;
}
