/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once
#include "writer.h"

/*
 * A frame is a message type and a payload length, both four bytes big-endian, and the payload. Records are first written
 * to the small buffer, on the stack. Only one that does not fit there gets a large one, from the kernel.
 */
enum { FRAME_HEADER_SIZE = 8, SMALL_FRAME_SIZE = 8192 };

/* A writer for the payload of a frame in `size` bytes at `memory`. */
struct writer frame_writer(uint8_t *memory, size_t size);

/* Completes the header; returns the size of the whole frame. */
size_t frame_finish(uint8_t *memory, const struct writer *payload, uint32_t type);
