#include "CChecksum.h"

#if defined(__x86_64__)

#include <nmmintrin.h>
#include <string.h>
#include <wmmintrin.h>

int cchecksum_is_supported(void) {
    return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
}

/* The instruction takes three cycles and can begin in each, so three stretches are read at once. */
enum { long_stretch = 8192, short_stretch = 256 };

/* x to the power of 8 * bytes - 33 modulo the polynomial, bits reversed: what moves a CRC past so many bytes. */
static const uint32_t past_long = 0x54a86326, past_two_long = 0x1dc403cc;
static const uint32_t past_short = 0xb9e02b86, past_two_short = 0xdd7e3b0c;

__attribute__((target("sse4.2"))) static inline uint64_t next_word(uint64_t state, const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return _mm_crc32_u64(state, word);
}

__attribute__((target("sse4.2,pclmul"))) static inline uint32_t moved(uint64_t state, uint32_t power) {
    __m128i product = _mm_clmulepi64_si128(
        _mm_cvtsi64_si128((long long)state), _mm_cvtsi64_si128((long long)power), 0);
    return (uint32_t)_mm_crc32_u64(0, (uint64_t)_mm_cvtsi128_si64(product));
}

__attribute__((target("sse4.2,pclmul"))) static inline uint64_t three_stretches(
    uint64_t state, const uint8_t *bytes, size_t stretch, uint32_t past, uint32_t past_two) {
    uint64_t second = 0, third = 0;
    for (size_t index = 0; index < stretch; index += 8) {
        state = next_word(state, bytes + index);
        second = next_word(second, bytes + stretch + index);
        third = next_word(third, bytes + 2 * stretch + index);
    }
    return moved(state, past_two) ^ moved(second, past) ^ (uint32_t)third;
}

__attribute__((target("sse4.2,pclmul"))) uint32_t cchecksum_crc32c(
    uint32_t start, const void *first, size_t byte_count) {
    const uint8_t *bytes = first;
    uint64_t state = start;
    for (; byte_count >= 3 * long_stretch; bytes += 3 * long_stretch, byte_count -= 3 * long_stretch)
        state = three_stretches(state, bytes, long_stretch, past_long, past_two_long);
    for (; byte_count >= 3 * short_stretch; bytes += 3 * short_stretch, byte_count -= 3 * short_stretch)
        state = three_stretches(state, bytes, short_stretch, past_short, past_two_short);
    for (; byte_count >= 8; bytes += 8, byte_count -= 8) state = next_word(state, bytes);
    for (; byte_count > 0; bytes++, byte_count--) state = _mm_crc32_u8((uint32_t)state, *bytes);
    return (uint32_t)state;
}

#else

int cchecksum_is_supported(void) { return 0; }

uint32_t cchecksum_crc32c(uint32_t state, const void *bytes, size_t byte_count) {
    (void)bytes, (void)byte_count;
    return state;
}

#endif
