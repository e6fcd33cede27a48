#ifndef C_ALLOCATIONS_H
#define C_ALLOCATIONS_H

#include <stdint.h>

/* Calls of malloc, calloc, realloc and aligned variants by this thread in the program and in
 * every library that it uses. -1 where the allocator belongs to somebody else (a sanitizer). */
int64_t callocations_count(void);

#endif
