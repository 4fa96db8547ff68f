/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../processes/image.h"
#include "buffer.h"

/*
 * Records as the messages of proto/ogrt.proto (docs/reference/agent-protocol.md), without the fields that the spool
 * adds: the sequence, and the number of what records share.
 */
enum message_type {
  MESSAGE_HELLO = 20,
  MESSAGE_WELCOME,
  MESSAGE_OBJECTS,
  MESSAGE_RECORD,
  MESSAGE_ACKNOWLEDGEMENT,
  MESSAGE_HEARTBEAT
};
enum { PROTOCOL_VERSION = 1, MAX_SHARED_BYTES = 512 << 10, MAX_RECORD_BYTES = 768 << 10 };

/* Fields of AgentRecord that the spool puts before it. */
enum { FIELD_SEQUENCE = 1, FIELD_OBJECTS = 4 };
/* Fields of AgentHeartbeat that the delivering process puts behind it. */
enum { FIELD_RECORDS = 2, FIELD_SPOOLED_RECORDS = 3, FIELD_SPOOLED_BYTES = 4, FIELD_LOST = 5 };

/* A start: its executable and objects to `shared`, which equals that of other processes, all else to `record`. */
void encode_start(struct buffer *shared, struct buffer *record, const struct image *image, const struct procfs *procfs);
/* An end; `is_forks`: once more, when the last fork of the image has ended. */
void encode_end(struct buffer *record, const struct image *image, bool is_forks);
/* A heartbeat without the fields of the spool. */
void encode_heartbeat(struct buffer *message, uint64_t running_s);
void encode_loss(struct buffer *message, const char *reason, uint64_t count);
