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
        cbytes_block block = cbytes_load(source + offset, readable >= 64 ? 64 : readable - offset);
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

/* 48 times all bits, then 48 times none: a mask of any length up to 48 begins somewhere. */
static const uint64_t cbytes_mask_words[12] = {
    ~(uint64_t)0, ~(uint64_t)0, ~(uint64_t)0, ~(uint64_t)0, ~(uint64_t)0, ~(uint64_t)0, 0, 0, 0, 0, 0, 0};

typedef uint64_t cbytes_pair __attribute__((ext_vector_type(2)));

__attribute__((always_inline)) static inline cbytes_pair cbytes_name_part(
    const uint8_t *source, size_t offset, size_t count) {
    cbytes_pair bytes, mask;
    memcpy(&bytes, source + offset, sizeof bytes);
    memcpy(&mask, (const uint8_t *)cbytes_mask_words + 48 - count + offset, sizeof mask);
    return bytes & mask;
}

/* The constants and functions of TableHash, for the one pass below. */
#define CBYTES_HASH_A 0x9E3779B97F4A7C15u
#define CBYTES_HASH_B 0xD6E8FEB86659FD93u
#define CBYTES_HASH_C 0xA0761D6478BD642Fu

static inline uint64_t cbytes_fold(uint64_t left, uint64_t right) {
    unsigned __int128 product = (unsigned __int128)left * right;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t cbytes_word_at(const uint8_t *source) {
    uint64_t word;
    memcpy(&word, source, sizeof word);
    return word;
}

/* TableHash.segment: `count` bytes behind which 16 more can be read. */
static inline uint64_t cbytes_hash_segment(const uint8_t *source, size_t count, size_t position, uint64_t seed) {
    uint64_t hash = seed ^ ((uint64_t)(position + 1) << 32 | (uint64_t)(count + 1)) * CBYTES_HASH_A;
    for (; count > 16; count -= 16, source += 16)
        hash = cbytes_fold(hash ^ cbytes_word_at(source), cbytes_word_at(source + 8) ^ CBYTES_HASH_B);
    cbytes_pair last = cbytes_name_part(source, 0, count);
    return cbytes_fold(hash ^ last[0], last[1] ^ CBYTES_HASH_C);
}

/* `segment_count` 0: not plain, and nothing is known. */
typedef struct { uint64_t sum; size_t segment_count; } cbytes_plain_path;

/* One pass over a path of 1 to 64 bytes that begins with a slash and in which nothing is to be done: no escape, no
 * empty segment and none that begins with a dot. Copies it, says where segments begin, and hashes them. `target` has
 * room for 80 bytes, `starts` for 34 numbers, `hashes` for 33. */
cbytes_plain_path cbytes_set_plain_path(
    const uint8_t *source, size_t count, size_t readable, uint64_t seed, uint8_t *target, uint32_t *starts,
    uint64_t *hashes);

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

/* A number for the first `count` bytes at `source`, at most 48 of 48 that can be read. */
__attribute__((always_inline)) static inline uint64_t cbytes_hash_name(const uint8_t *source, size_t count) {
    cbytes_pair mixed = cbytes_name_part(source, 0, count) ^ cbytes_name_part(source, 16, count)
        ^ cbytes_name_part(source, 32, count);
    return mixed[0] * CBYTES_HASH_A + mixed[1] * CBYTES_HASH_B;
}

/* Whether these bytes are those that cbytes_load_name read. */
__attribute__((always_inline)) static inline bool cbytes_is_name(
    const uint8_t *source, size_t count, const void *name) {
    cbytes_pair stored[3];
    memcpy(stored, name, sizeof stored);
    cbytes_pair difference = (cbytes_name_part(source, 0, count) ^ stored[0])
        | (cbytes_name_part(source, 16, count) ^ stored[1]) | (cbytes_name_part(source, 32, count) ^ stored[2]);
    return (difference[0] | difference[1]) == 0;
}

/* The first control from `offset` on that may not stand in a field's value (all but tabs), or `end`. */
static inline size_t cbytes_control_offset(const uint8_t *source, size_t offset, size_t end) {
    for (; offset + cbytes_block_size <= end; offset += cbytes_block_size) {
        cbytes_block block;
        memcpy(&block, source + offset, cbytes_block_size);
        uint64_t controls = cbytes_bits(
            ((cbytes_block)(block < 0x20) & ~CBYTES_IS(block, '\t')) | CBYTES_IS(block, 0x7F));
        if (controls) return offset + (size_t)__builtin_ctzll(controls);
    }
    for (; offset < end; offset++) {
        uint8_t byte = source[offset];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7F) break;
    }
    return offset;
}

/* Whether `count` bytes, at least a block, are visible ASCII without `"` and `\\`. */
static inline bool cbytes_is_plain_text(const uint8_t *source, size_t count) {
    cbytes_block wrong = 0;
    for (size_t offset = 0;; offset += cbytes_block_size) {
        /* The last block may overlap the one before. */
        if (offset + cbytes_block_size > count) offset = count - cbytes_block_size;
        cbytes_block block;
        memcpy(&block, source + offset, cbytes_block_size);
        wrong |= ~CBYTES_IN(block, 0x21, 0x7E) | CBYTES_IS(block, '"') | CBYTES_IS(block, '\\');
        if (offset + cbytes_block_size >= count) return cbytes_bits(wrong) == 0;
    }
}

/* The first byte from `offset` on that is no letter, digit, dot or hyphen, or `end`: what nearly all hosts
 * consist of. Looks at whole blocks only: less than a block before the end, it says where it stopped. */
static inline size_t cbytes_plain_host_end(const uint8_t *source, size_t offset, size_t end) {
    for (; offset + cbytes_block_size <= end; offset += cbytes_block_size) {
        cbytes_block block;
        memcpy(&block, source + offset, cbytes_block_size);
        cbytes_block letter = block | 0x20;
        uint64_t others = cbytes_bits(~(CBYTES_IN(letter, 'a', 'z') | CBYTES_IN(block, '0', '9')
            | CBYTES_IS(block, '.') | CBYTES_IS(block, '-')));
        if (others) return offset + (size_t)__builtin_ctzll(others);
    }
    return offset;
}

/* Whether `count` bytes are equal, in a time that depends on `count` alone. */
static inline bool cbytes_are_same(const uint8_t *left, const uint8_t *right, size_t count) {
    cbytes_pair difference = 0;
    size_t offset = 0;
    for (; offset + sizeof difference <= count; offset += sizeof difference) {
        cbytes_pair one, other;
        memcpy(&one, left + offset, sizeof one);
        memcpy(&other, right + offset, sizeof other);
        difference |= one ^ other;
    }
    uint64_t rest = difference[0] | difference[1];
    for (; offset < count; offset++) rest |= (uint64_t)(left[offset] ^ right[offset]);
    /* The compiler may not see that some of it would be enough. */
    __asm__ volatile("" : "+r"(rest));
    return rest == 0;
}

typedef uint8_t cbytes_half __attribute__((ext_vector_type(8)));

typedef struct { uint64_t first, second; } cbytes_digits;

/* The sixteen hexadecimal digits of `number` as they stand in memory. Little-endian processors only. */
__attribute__((always_inline)) static inline cbytes_digits cbytes_hexadecimal(uint64_t number) {
    cbytes_half bytes = __builtin_bit_cast(cbytes_half, __builtin_bswap64(number));
    cbytes_half high = bytes >> 4, low = bytes & 0x0F;
    cbytes_block digits =
        __builtin_shufflevector(high, low, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
    digits += '0' + ((cbytes_block)(digits > 9) & ('a' - '0' - 10));
    return __builtin_bit_cast(cbytes_digits, digits);
}

/* Whether `count` bytes are equal. Reads up to 15 behind both. */
static inline bool cbytes_are_equal(const uint8_t *left, const uint8_t *right, size_t count) {
    cbytes_pair one, other, difference = 0;
    while (count > 16) {
        memcpy(&one, left, sizeof one);
        memcpy(&other, right, sizeof other);
        difference |= one ^ other;
        left += 16, right += 16, count -= 16;
    }
    cbytes_pair mask;
    memcpy(&one, left, sizeof one);
    memcpy(&other, right, sizeof other);
    memcpy(&mask, (const uint8_t *)cbytes_mask_words + cbytes_name_size - count, sizeof mask);
    difference |= (one ^ other) & mask;
    return (difference[0] | difference[1]) == 0;
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
