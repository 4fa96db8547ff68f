/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sends frames at a steady rate, each with a new UUID and the current time:
 *   load udp|tcp PORT FRAMES RATE SECONDS
 * The file FRAMES has records of a 4-byte length, the 4-byte offset of the UUID, the 4-byte offset of the time (a
 * nine-byte varint), and the frame, in native byte order. Prints the number of frames sent and the time in nanoseconds.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { BATCH_FRAMES = 32, MAX_FRAME_BYTES = 65536, MAX_FRAMES = 65536, UUID_BYTES = 16, TIME_BYTES = 9 };

struct frame {
  unsigned char *bytes;
  uint32_t length, uuid, time;
};

static struct frame frames[MAX_FRAMES];
static uint64_t state = 0x9e3779b97f4a7c15u;

static int64_t now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static uint64_t next_random(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return state;
}

static size_t read_frames(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) return 0;
  size_t count = 0;
  uint32_t head[3];
  while (count < MAX_FRAMES && fread(head, sizeof head, 1, file) == 1) {
    struct frame *frame = &frames[count];
    if (head[0] > MAX_FRAME_BYTES || head[1] + UUID_BYTES > head[0] || head[2] + TIME_BYTES > head[0]) break;
    frame->length = head[0];
    frame->uuid = head[1];
    frame->time = head[2];
    frame->bytes = malloc(head[0]);
    if (frame->bytes == NULL || fread(frame->bytes, head[0], 1, file) != 1) break;
    count++;
  }
  fclose(file);
  return count;
}

static void refresh(const struct frame *frame, int64_t nanoseconds) {
  const uint64_t words[2] = {next_random(), next_random()};
  memcpy(frame->bytes + frame->uuid, words, sizeof words);
  for (int i = 0; i < TIME_BYTES; i++) {
    frame->bytes[frame->time + i] = (unsigned char)((nanoseconds >> (7 * i) & 0x7f) | (i < TIME_BYTES - 1 ? 0x80 : 0));
  }
}

static int send_all(int channel, const unsigned char *bytes, size_t length) {
  while (length > 0) {
    const ssize_t sent = send(channel, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return -1;
    bytes += sent;
    length -= (size_t)sent;
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  const int is_udp = strcmp(argv[1], "udp") == 0;
  const size_t count = read_frames(argv[3]);
  const int64_t rate = atoll(argv[4]), seconds = atoll(argv[5]);
  if (count < BATCH_FRAMES || rate < 1 || seconds < 1) return 2;
  state ^= (uint64_t)now(CLOCK_REALTIME);
  const int channel = socket(AF_INET, is_udp ? SOCK_DGRAM : SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (channel < 0 || connect(channel, (struct sockaddr *)&address, sizeof address) != 0) return 1;
  const int64_t start = now(CLOCK_MONOTONIC), total = rate * seconds;
  int64_t sent = 0;
  while (sent < total) {
    const int64_t early_ns = sent * 1000000000LL / rate - (now(CLOCK_MONOTONIC) - start);
    if (early_ns > 0) {
      const struct timespec pause = {.tv_sec = early_ns / 1000000000LL, .tv_nsec = early_ns % 1000000000LL};
      nanosleep(&pause, NULL);
    }
    /* Backpressure on a stream may delay frames, so the run also ends by time. */
    if (now(CLOCK_MONOTONIC) - start > (seconds + 1) * 1000000000LL) break;
    struct mmsghdr messages[BATCH_FRAMES];
    struct iovec parts[BATCH_FRAMES];
    memset(messages, 0, sizeof messages);
    const int64_t time = now(CLOCK_REALTIME);
    for (int i = 0; i < BATCH_FRAMES; i++) {
      const struct frame *frame = &frames[(size_t)(sent + i) % count];
      refresh(frame, time);
      parts[i] = (struct iovec){.iov_base = frame->bytes, .iov_len = frame->length};
      messages[i].msg_hdr.msg_iov = &parts[i];
      messages[i].msg_hdr.msg_iovlen = 1;
      if (!is_udp && send_all(channel, frame->bytes, frame->length) != 0) return 1;
    }
    for (int done = 0; is_udp && done < BATCH_FRAMES;) {
      const int some = sendmmsg(channel, messages + done, (unsigned)(BATCH_FRAMES - done), 0);
      if (some > 0) done += some;
      else if (errno != EINTR && errno != ENOBUFS && errno != ECONNREFUSED) return 1;
    }
    sent += BATCH_FRAMES;
  }
  printf("%lld %lld\n", (long long)sent, (long long)(now(CLOCK_MONOTONIC) - start));
  close(channel);
  return 0;
}
