/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sha.h"

#include <stdbool.h>
#include <string.h>
#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

static uint32_t rotate_left(uint32_t word, int bits) { return word << bits | word >> (32 - bits); }
static uint32_t rotate_right(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

static uint32_t big_endian(const uint8_t *bytes) {
  return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void sha1_compress(uint32_t *state, const uint8_t *block) {
  uint32_t w[80];
  for (int t = 0; t < 16; t++) w[t] = big_endian(block + 4 * t);
  for (int t = 16; t < 80; t++) w[t] = rotate_left(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int t = 0; t < 80; t++) {
    uint32_t f, k;
    if (t < 20)
      f = (b & c) | (~b & d), k = 0x5a827999;
    else if (t < 40)
      f = b ^ c ^ d, k = 0x6ed9eba1;
    else if (t < 60)
      f = (b & c) | (b & d) | (c & d), k = 0x8f1bbcdc;
    else
      f = b ^ c ^ d, k = 0xca62c1d6;
    uint32_t next = rotate_left(a, 5) + f + e + k + w[t];
    e = d, d = c, c = rotate_left(b, 30), b = a, a = next;
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e;
}

static const uint32_t K256[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static void sha256_compress(uint32_t *state, const uint8_t *block) {
  uint32_t w[64];
  for (int t = 0; t < 16; t++) w[t] = big_endian(block + 4 * t);
  for (int t = 16; t < 64; t++) {
    uint32_t low = rotate_right(w[t - 15], 7) ^ rotate_right(w[t - 15], 18) ^ w[t - 15] >> 3;
    uint32_t high = rotate_right(w[t - 2], 17) ^ rotate_right(w[t - 2], 19) ^ w[t - 2] >> 10;
    w[t] = w[t - 16] + low + w[t - 7] + high;
  }
  uint32_t v[8];
  memcpy(v, state, sizeof v);
  /* Each round shifts the eight variables by one. Permuting the indices instead avoids copies. */
#define ROUND(a, b, c, d, e, f, g, h, t)                                                       \
  do {                                                                                         \
    uint32_t sum_e = rotate_right(v[e], 6) ^ rotate_right(v[e], 11) ^ rotate_right(v[e], 25);  \
    uint32_t sum_a = rotate_right(v[a], 2) ^ rotate_right(v[a], 13) ^ rotate_right(v[a], 22);  \
    uint32_t first = v[h] + sum_e + (v[g] ^ (v[e] & (v[f] ^ v[g]))) + K256[t] + w[t];          \
    v[d] += first;                                                                             \
    v[h] = first + sum_a + ((v[a] & v[b]) | (v[c] & (v[a] | v[b])));                           \
  } while (0)
  for (int t = 0; t < 64; t += 8) {
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, t);
    ROUND(7, 0, 1, 2, 3, 4, 5, 6, t + 1);
    ROUND(6, 7, 0, 1, 2, 3, 4, 5, t + 2);
    ROUND(5, 6, 7, 0, 1, 2, 3, 4, t + 3);
    ROUND(4, 5, 6, 7, 0, 1, 2, 3, t + 4);
    ROUND(3, 4, 5, 6, 7, 0, 1, 2, t + 5);
    ROUND(2, 3, 4, 5, 6, 7, 0, 1, t + 6);
    ROUND(1, 2, 3, 4, 5, 6, 7, 0, t + 7);
  }
#undef ROUND
  for (int i = 0; i < 8; i++) state[i] += v[i];
}

#if defined(__x86_64__)
/* The same in instructions of the processor (SHA extensions), which is six times as fast. */
__attribute__((target("sha,sse4.1"))) static void sha256_compress_x86(uint32_t *state, const uint8_t *block) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i w[4], *words = (__m128i *)(void *)state;
  for (int i = 0; i < 4; i++) w[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)block + i), swap);
  /* The instructions take the state as ABEF and CDGH. */
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128(words), 0xb1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(words + 1), 0x1b);
  const __m128i before[2] = {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xf0)};
  __m128i abef = before[0], cdgh = before[1];
#pragma GCC unroll 16
  for (int t = 0; t < 16; t++) {
    const __m128i last = w[(t + 3) % 4];
    const __m128i k = _mm_add_epi32(w[t % 4], _mm_loadu_si128((const __m128i *)(const void *)K256 + t));
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, k);
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(k, 0x0e));
    const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w[t % 4], w[(t + 1) % 4]),
                                      _mm_alignr_epi8(last, w[(t + 2) % 4], 4));
    w[t % 4] = _mm_sha256msg2_epu32(sum, last);
  }
  const __m128i feba = _mm_shuffle_epi32(_mm_add_epi32(abef, before[0]), 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(_mm_add_epi32(cdgh, before[1]), 0xb1);
  _mm_storeu_si128(words, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(words + 1, _mm_alignr_epi8(dchg, feba, 8));
}

static bool has_sha_instructions(void) {
  unsigned a, b, c, d;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA) != 0 && __get_cpuid(1, &a, &b, &c, &d) &&
         (c & bit_SSE4_1) != 0;
}
#endif

void sha1_begin(struct sha *sha) {
  *sha = (struct sha){
      .state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0},
      .compress = sha1_compress,
      .digest_words = 5};
}

void sha256_begin(struct sha *sha) {
  *sha = (struct sha){
      .state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19},
      .compress = sha256_compress,
      .digest_words = 8};
#if defined(__x86_64__)
  static int fast = -1;
  if (fast < 0) fast = has_sha_instructions();
  if (fast) sha->compress = sha256_compress_x86;
#endif
}

void sha_update(struct sha *sha, const void *bytes, size_t size) {
  const uint8_t *from = bytes;
  size_t filled = sha->length % 64;
  sha->length += size;
  if (filled > 0) {
    size_t taken = size < 64 - filled ? size : 64 - filled;
    memcpy(sha->block + filled, from, taken);
    from += taken, size -= taken;
    if (filled + taken < 64) return;
    sha->compress(sha->state, sha->block);
  }
  for (; size >= 64; from += 64, size -= 64) sha->compress(sha->state, from);
  memcpy(sha->block, from, size);
}

void sha_end(struct sha *sha, uint8_t *digest) {
  uint64_t bits = sha->length * 8;
  uint8_t tail[72] = {0x80};
  size_t padding = (sha->length % 64 < 56 ? 56 : 120) - sha->length % 64;
  for (int i = 0; i < 8; i++) tail[padding + (size_t)i] = (uint8_t)(bits >> (56 - 8 * i));
  sha_update(sha, tail, padding + 8);
  for (int i = 0; i < 4 * sha->digest_words; i++) digest[i] = (uint8_t)(sha->state[i / 4] >> (24 - 8 * (i % 4)));
}
