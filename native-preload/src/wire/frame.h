/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "../config.h"
#include "writer.h"

/*
 * A frame is a message type and a payload length, both four bytes big-endian, and the payload.
 */
enum {
  FRAME_HEADER_BYTES = 8,
  LARGE_FRAME_BYTES = OGRT_CONFIG_MAX_DATAGRAM_BYTES,
  MAX_OBJECT_BYTES = 12 << 10, /* behind the end of a frame, for an object that does not fit */
};

/* A writer for the payload of a frame in `size` bytes at `memory`. */
struct writer frame_writer(uint8_t *memory, size_t size);

/* Writes the header and returns the size of the whole frame. */
size_t frame_finish(uint8_t *memory, const struct writer *payload, uint32_t type);
