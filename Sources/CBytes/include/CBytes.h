#ifndef C_BYTES_H
#define C_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Sixteen bytes at once, which Swift cannot turn into a bit for each byte. Vectors of the compiler, not of one
 * processor: SSE2 on x86-64, NEON on arm64. All functions are inlined into their Swift callers. */
typedef uint8_t cbytes_block __attribute__((ext_vector_type(16)));
typedef bool cbytes_flags __attribute__((ext_vector_type(16)));

enum { cbytes_block_size = 16 };

/* What one byte of each block is, a bit for each byte, the first in the lowest bit. */
typedef struct { uint64_t wrong, slashes, dots; } cbytes_path_masks;
typedef struct { uint64_t valid, dots, colons, digits; } cbytes_host_masks;

static inline uint64_t cbytes_bits(cbytes_block flags) {
    return __builtin_bit_cast(uint16_t, __builtin_convertvector(flags, cbytes_flags));
}

/* The block at `source`; of `readable` bytes, those that are there, and zeros. */
static inline cbytes_block cbytes_load(const uint8_t *source, size_t readable) {
    cbytes_block block = 0;
    if (__builtin_expect(readable >= cbytes_block_size, 1)) {
        memcpy(&block, source, cbytes_block_size);
    } else {
        uint8_t bytes[cbytes_block_size] = {0};
        for (size_t index = 0; index < readable; index++) bytes[index] = source[index];
        memcpy(&block, bytes, cbytes_block_size);
    }
    return block;
}

#define CBYTES_IN(block, low, high) ((cbytes_block)((block) - (uint8_t)(low) <= (cbytes_block)((high) - (low))))
#define CBYTES_IS(block, byte) ((cbytes_block)((block) == (cbytes_block)(byte)))

/* Copies up to 64 bytes of a path in whole blocks, so up to 15 bytes more are written, and says what they are.
 * `wrong`: invisible, not ASCII, or one of % \ # ?. `readable` is at least `count`. */
static inline cbytes_path_masks cbytes_copy_path(
    const uint8_t *source, size_t count, size_t readable, uint8_t *target) {
    cbytes_path_masks masks = {0, 0, 0};
    for (size_t offset = 0; offset < count; offset += cbytes_block_size) {
        cbytes_block block = cbytes_load(source + offset, readable - offset);
        memcpy(target + offset, &block, cbytes_block_size);
        cbytes_block wrong = ~CBYTES_IN(block, 0x21, 0x7E) | CBYTES_IS(block, '%') | CBYTES_IS(block, '\\')
            | CBYTES_IS(block, '#') | CBYTES_IS(block, '?');
        masks.wrong |= cbytes_bits(wrong) << offset;
        masks.slashes |= cbytes_bits(CBYTES_IS(block, '/')) << offset;
        masks.dots |= cbytes_bits(CBYTES_IS(block, '.')) << offset;
    }
    uint64_t all = ~(uint64_t)0 >> (64 - count);
    masks.wrong &= all;
    masks.slashes &= all;
    masks.dots &= all;
    return masks;
}

/* Copies up to 64 bytes of a host in lower case, in whole blocks, and says what they are. `valid`: letters, digits,
 * `-`, `_`, `.`. `count` is at least 1. */
static inline cbytes_host_masks cbytes_copy_host(
    const uint8_t *source, size_t count, size_t readable, uint8_t *target) {
    cbytes_host_masks masks = {0, 0, 0, 0};
    for (size_t offset = 0; offset < count; offset += cbytes_block_size) {
        cbytes_block block = cbytes_load(source + offset, readable - offset);
        block |= CBYTES_IN(block, 'A', 'Z') & (cbytes_block)0x20;
        memcpy(target + offset, &block, cbytes_block_size);
        cbytes_block digits = CBYTES_IN(block, '0', '9'), dots = CBYTES_IS(block, '.');
        cbytes_block valid = CBYTES_IN(block, 'a', 'z') | digits | dots | CBYTES_IS(block, '-') | CBYTES_IS(block, '_');
        masks.valid |= cbytes_bits(valid) << offset;
        masks.dots |= cbytes_bits(dots) << offset;
        masks.colons |= cbytes_bits(CBYTES_IS(block, ':')) << offset;
        masks.digits |= cbytes_bits(digits) << offset;
    }
    uint64_t all = ~(uint64_t)0 >> (64 - count);
    masks.valid &= all;
    masks.dots &= all;
    masks.colons &= all;
    masks.digits &= all;
    return masks;
}

/* Up to 48 bytes, filled up with zeros. */
typedef struct { uint64_t first, second, third, fourth, fifth, sixth; } cbytes_name;

enum { cbytes_name_size = 48 };

__attribute__((always_inline)) static inline uint64_t cbytes_word(const uint8_t *source, size_t offset, size_t count) {
    uint64_t word;
    memcpy(&word, source + offset, sizeof word);
    if (count >= offset + sizeof word) return word;
    return count <= offset ? 0 : word & (~(uint64_t)0 >> (8 * (offset + sizeof word - count)));
}

/* The first `count` bytes at `source`, at most 48 of 48 that can be read. Little-endian processors only. */
__attribute__((always_inline)) static inline cbytes_name cbytes_load_name(const uint8_t *source, size_t count) {
    return (cbytes_name){cbytes_word(source, 0, count), cbytes_word(source, 8, count),
                         cbytes_word(source, 16, count), cbytes_word(source, 24, count),
                         cbytes_word(source, 32, count), cbytes_word(source, 40, count)};
}

/* How many of `count` bytes stand before the first CR or LF. */
static inline size_t cbytes_line_end(const uint8_t *source, size_t count) {
    size_t offset = 0;
    for (; offset + cbytes_block_size <= count; offset += cbytes_block_size) {
        cbytes_block block;
        memcpy(&block, source + offset, cbytes_block_size);
        uint64_t ends = cbytes_bits(CBYTES_IS(block, '\n') | CBYTES_IS(block, '\r'));
        if (ends) return offset + (size_t)__builtin_ctzll(ends);
    }
    while (offset < count && source[offset] != '\n' && source[offset] != '\r') offset++;
    return offset;
}

/* Asks for the line at `address` without waiting for it. Any address will do: nothing is read. */
static inline void cbytes_fetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/* The same for what is read once: it shall not take the place of anything else in the larger caches. */
static inline void cbytes_fetch_once(const void *address) { __builtin_prefetch(address, 0, 0); }

#endif
