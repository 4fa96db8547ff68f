/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "delivery.h"

/*
 * What comes through the socket pair: a kind, two sizes (big-endian), and that many bytes.
 * CHANNEL_HELLO: fields of AgentHello. CHANNEL_RECORD: what the record shares with others, and the record.
 * CHANNEL_HEARTBEAT: fields of AgentHeartbeat.
 */
enum channel_kind { CHANNEL_HELLO = 1, CHANNEL_RECORD, CHANNEL_HEARTBEAT };
enum { CHANNEL_HEADER_BYTES = 12 };

/* Runs until the other end of the socket pair is closed and its records are in the spool. Returns an exit code. */
int run_courier(const struct delivery_settings *settings, int channel);
