/*
 * A file system that hangs: `hanging MOUNTPOINT SWITCH LOG [OPTIONS]`. It holds the file "good" and, while the file SWITCH is
 * there, takes any question about a file called "hang" without answering, as a dead file server does. Each path that it
 * is asked for is appended to LOG.
 */
#define FUSE_USE_VERSION 31
#include <errno.h>
#include <fuse.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *switch_path;
static FILE *log_file;

static int get_attributes(const char *path, struct stat *result, struct fuse_file_info *file) {
  (void)file;
  fprintf(log_file, "%s\n", path);
  fflush(log_file);
  memset(result, 0, sizeof *result);
  /* Directories of one letter: the kernel may ask for one name in a directory after the other. */
  if (strlen(path) <= 2) {
    result->st_mode = S_IFDIR | 0755;
    result->st_nlink = 2;
    return 0;
  }
  if (strstr(path, "/hang") != NULL) {
    while (access(switch_path, F_OK) == 0) usleep(20000);
    return -ENOENT;
  }
  if (strcmp(path, "/good") != 0) return -ENOENT;
  result->st_mode = S_IFREG | 0444;
  result->st_nlink = 1;
  result->st_size = 4;
  return 0;
}

static int read_text(const char *path, char *buffer, size_t size, off_t offset, struct fuse_file_info *file) {
  (void)path;
  (void)file;
  if (offset >= 4) return 0;
  size_t count = (size_t)(4 - offset) < size ? (size_t)(4 - offset) : size;
  memcpy(buffer, "text" + offset, count);
  return (int)count;
}

/* Nothing is remembered: every look is a question. */
static void *start(struct fuse_conn_info *connection, struct fuse_config *settings) {
  (void)connection;
  settings->entry_timeout = 0;
  settings->negative_timeout = 0;
  settings->attr_timeout = 0;
  return NULL;
}

int main(int count, char **arguments) {
  if (count < 4) return 2;
  switch_path = arguments[2];
  log_file = fopen(arguments[3], "a");
  if (log_file == NULL) return 3;
  static const struct fuse_operations operations = {.init = start, .getattr = get_attributes, .read = read_text};
  /* Its own arguments make room for two of FUSE's. */
  char *mount_point = arguments[1];
  arguments[1] = arguments[0];
  arguments[2] = "-f";
  arguments[3] = mount_point;
  return fuse_main(count - 1, arguments + 1, &operations, NULL);
}
