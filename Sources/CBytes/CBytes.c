/* All but one function is in the header. */
#include "CBytes.h"

/* Not inlined: it needs all registers for itself. */
cbytes_plain_path cbytes_set_plain_path(
    const uint8_t *source, size_t count, size_t readable, uint64_t seed, uint8_t *target, uint32_t *starts,
    uint64_t *hashes) {
    cbytes_path_masks masks = cbytes_copy_path(source, count, readable, target);
    cbytes_plain_path path = {0, 0};
    if (masks.wrong | ((masks.slashes << 1) & (masks.slashes | masks.dots))) return path;
    uint64_t slashes = masks.slashes & (masks.slashes - 1);
    size_t start = 1, found = 0;
    while (true) {
        size_t end = slashes ? (size_t)__builtin_ctzll(slashes) : count;
        uint64_t hash = cbytes_hash_segment(target + start, end - start, found, seed);
        starts[found] = (uint32_t)start;
        hashes[found] = hash;
        path.sum += hash;
        found++;
        start = end + 1;
        if (!slashes) break;
        slashes &= slashes - 1;
    }
    starts[found] = (uint32_t)start;
    path.segment_count = found;
    return path;
}
