/* CRC-32C by the instruction that processors have for it. */
#ifndef WSROUTE_CCHECKSUM_H
#define WSROUTE_CCHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/* Whether this processor has the instructions. Asked once, then remembered. */
int cchecksum_is_supported(void);

/* Goes on with a CRC-32C. `state` is inverted, as inside every CRC: ~0 to begin with. Only where supported. */
uint32_t cchecksum_crc32c(uint32_t state, const void *bytes, size_t byte_count);

#endif
