/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../privileges/filter.h"
#include "../privileges/privileges.h"

enum { FILE_TIMEOUT_MS = 2000, MAX_DESCRIPTORS = 1 << 16 };

struct answer {
  enum elf_result result;
  struct notes notes;
};

static bool send_descriptor(int socket, int fd) {
  char byte = 0;
  struct iovec data = {&byte, 1};
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof fd)];
  } control = {0};
  struct msghdr message = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  control.header.cmsg_level = SOL_SOCKET;
  control.header.cmsg_type = SCM_RIGHTS;
  control.header.cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(&control.header), &fd, sizeof fd);
  return sendmsg(socket, &message, MSG_NOSIGNAL) == 1;
}

/* -1 when the other end is closed. */
static int receive_descriptor(int socket) {
  char byte;
  int fd = -1;
  struct iovec data = {&byte, 1};
  union {
    struct cmsghdr header;
    char bytes[CMSG_SPACE(sizeof fd)];
  } control;
  struct msghdr message = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) != 1) return -1;
  const struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header == NULL || header->cmsg_type != SCM_RIGHTS) return -1;
  memcpy(&fd, CMSG_DATA(header), sizeof fd);
  return fd;
}

/* Descriptors of the agent, such as its rings, are nothing for a process that a file may take over. */
static void close_all_but(int kept) {
#ifdef SYS_close_range
  const bool below = kept == 0 || syscall(SYS_close_range, 0, kept - 1, 0) == 0;
  if (below && syscall(SYS_close_range, kept + 1, ~0U, 0) == 0) return;
#endif
  for (int fd = 0; fd < MAX_DESCRIPTORS; fd++) {
    if (fd != kept) close(fd);
  }
}

/* The child: only system calls that are safe after fork(2) in a program with threads. */
static _Noreturn void serve(int socket, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  close_all_but(socket);
  if (!drop_all_capabilities() || !filter_reader()) _exit(1);
  for (int fd; (fd = receive_descriptor(socket)) >= 0; close(fd)) {
    struct answer answer;
    memset(&answer, 0, sizeof answer);
    answer.result = elf_read_notes(fd, &answer.notes);
    if (send(socket, &answer, sizeof answer, MSG_NOSIGNAL) != (ssize_t)sizeof answer) break;
  }
  _exit(0);
}

static bool start(struct reader *reader) {
  int sockets[2];
  if (reader->pid > 0) return true;
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0) return false;
  const pid_t parent = getpid(), pid = fork();
  if (pid == 0) serve(sockets[1], parent);
  close(sockets[1]);
  if (pid < 0) {
    close(sockets[0]);
    return false;
  }
  *reader = (struct reader){pid, sockets[0]};
  return true;
}

void reader_stop(struct reader *reader) {
  if (reader->pid <= 0) return;
  close(reader->socket);
  kill(reader->pid, SIGKILL);
  /* One that hangs in a file system cannot end yet; SIGCHLD is ignored, so nobody has to wait for it. */
  reader->pid = 0;
}

enum elf_result reader_read(struct reader *reader, int fd, struct notes *notes) {
  struct answer answer;
  if (!start(reader)) return ELF_UNREADABLE;
  struct pollfd readable = {reader->socket, POLLIN, 0};
  if (send_descriptor(reader->socket, fd) && poll(&readable, 1, FILE_TIMEOUT_MS) == 1 &&
      recv(reader->socket, &answer, sizeof answer, MSG_DONTWAIT) == (ssize_t)sizeof answer &&
      answer.result <= ELF_UNREADABLE && answer.notes.build_id_size <= MAX_BUILD_ID_BYTES) {
    *notes = answer.notes;
    return answer.result;
  }
  reader_stop(reader);
  return ELF_UNREADABLE;
}
