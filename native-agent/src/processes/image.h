/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../objects/objects.h"
#include "../sources/procfs.h"
#include "../sources/taskstats.h"

enum { IMAGE_ID_BYTES = 16, MAX_IMAGE_OBJECTS = 4096 };

/* What the threads of a process have used, as the kernel tells of each at its end. */
struct usage {
  uint64_t user_us, system_us, peak_rss_kb;
  uint64_t read_bytes, written_bytes, read_chars, written_chars, minor_faults, major_faults;
  uint32_t threads;
  bool is_lower_bound; /* of some threads nothing is known */
};
void usage_add(struct usage *usage, const struct task_end *end);

enum end_reason { END_EXIT, END_EXEC, END_LOST };

/* How a process image came to its end. */
struct image_end {
  uint64_t time; /* EVENT_CLOCK; of END_LOST, when it was noticed */
  enum end_reason reason;
  bool has_exit_code;
  uint32_t exit_code; /* as wait(2) tells it */
  struct usage usage; /* of END_EXIT: of the process, with what it used before its exec */
};

/* The forks of an image that executed nothing. */
struct forks {
  uint64_t ended, killed, failed; /* all, by a signal, with another exit status than 0 */
  uint64_t unknown;               /* their exit state was lost */
  uint64_t user_us, system_us;
  uint32_t running;
};

struct image_object {
  struct object *object;
  uint64_t mapped; /* EVENT_CLOCK */
  bool is_reported;
};

/* Why the stamps of an object are unknown, or KNOWN. */
enum unknown image_object_unknown(const struct image_object *entry);

/* What one execve(2) has started. Forks of the process share it, so it may outlive that process. */
struct image {
  unsigned references;
  struct image *next_waiting; /* in the list of records to be written */
  bool is_waiting, has_namespaces;
  uint8_t id[IMAGE_ID_BYTES], parent_id[IMAGE_ID_BYTES];
  bool has_parent;
  bool existed;     /* found in /proc: it was executed before the agent looked, or its exec was lost */
  uint64_t started; /* EVENT_CLOCK: the exec; of one that existed, the start of the process */
  uint32_t pid, parent_pid;
  char name[64];
  struct capture *capture; /* NULL after the start record, and where nothing could be read */
  struct job job;
  struct job *inherited; /* that of the parent, until the start record is written; or NULL */
  struct image_object *objects;
  unsigned object_count, object_space, objects_omitted;
  struct forks forks;
  bool start_written, has_ended, end_written, forks_written;
  struct image_end end;
};

/* With one reference; NULL without memory. */
struct image *image_new(uint32_t pid, uint64_t started, const char *name);
struct image *image_hold(struct image *image);
/* Frees it with the last reference. */
void image_release(struct image *image);
/* Takes the job of the parent where the image has none of its own. */
void image_set_parent(struct image *image, const struct image *parent);
/* Takes back what was read of the process, which may have been of the next image. */
void image_doubt_capture(struct image *image);
/* Frees what only the start record needs. */
void image_forget_start(struct image *image);
/* Adds an object that is mapped, once. Takes the descriptor of `mapping`. */
void image_map(struct image *image, const struct mapping *mapping, uint64_t time);
/* Whether the path of an executable mapping is that of a file. */
bool is_file_mapping(const char *path);
