/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/memory.h"
#include "../base/system.h"
#include "datum.h"

/* The mixing function of splitmix64. */
static uint64_t mix(uint64_t value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
  value = (value ^ value >> 27) * 0x94d049bb133111eb;
  return value ^ value >> 31;
}

/*
 * RFC 9562, version 4. Without getrandom(2) it is derived from time, pid and address layout: unique but predictable.
 */
OWN_FRAME void make_uuid(uint8_t uuid[UUID_BYTES], const struct context *context) {
  if (system_random(uuid, UUID_BYTES) != UUID_BYTES) {
    const uint64_t high = mix(clock_nanoseconds(context->now) ^ (uint64_t)(uint32_t)context->process_id << 40);
    const uint64_t low = mix(high ^ (uintptr_t)context ^ (uintptr_t)&make_uuid << 16);
    for (unsigned i = 0; i < 8; i++) {
      uuid[i] = (uint8_t)(high >> (8 * i));
      uuid[i + 8] = (uint8_t)(low >> (8 * i));
    }
  }
  uuid[6] = (uint8_t)((uuid[6] & 0x0f) | 0x40);
  uuid[8] = (uint8_t)((uuid[8] & 0x3f) | 0x80);
}
