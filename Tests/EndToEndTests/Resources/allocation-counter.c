/* Counts the allocations of a program into which it is loaded by LD_PRELOAD.
 *
 * The counters lie in a file that ALLOCATION_COUNTER names, so a test can read them at any time and the program
 * is neither stopped nor asked: 64-bit native-endian numbers in the order of `struct counters`. The file must exist and have that size. Without the file nothing is counted.
 *
 * glibc keeps its allocator under the names __libc_*, so no symbol has to be looked up, which would itself
 * allocate.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

struct counters {
    _Atomic uint64_t allocations;   /* malloc, calloc, realloc and aligned ones */
    _Atomic uint64_t releases;      /* free of something, and realloc of something */
    _Atomic uint64_t allocated_bytes;
    _Atomic int64_t held_bytes;     /* what can be used of the memory that is out, with what rounding adds */
};

static struct counters unmapped;
static struct counters *counters = &unmapped;

__attribute__((constructor)) static void map_counters(void) {
    const char *path = getenv("ALLOCATION_COUNTER");
    if (!path) return;
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    if (descriptor < 0) _exit(70);
    void *memory = mmap(NULL, sizeof *counters, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (memory == MAP_FAILED) _exit(70);
    counters = memory;
}

static void *counted(void *memory, size_t size) {
    if (memory) {
        atomic_fetch_add_explicit(&counters->allocations, 1, memory_order_relaxed);
        atomic_fetch_add_explicit(&counters->allocated_bytes, size, memory_order_relaxed);
        atomic_fetch_add_explicit(&counters->held_bytes, (int64_t)malloc_usable_size(memory), memory_order_relaxed);
    }
    return memory;
}

static void count_release(void *memory) {
    if (!memory) return;
    atomic_fetch_add_explicit(&counters->releases, 1, memory_order_relaxed);
    atomic_fetch_sub_explicit(&counters->held_bytes, (int64_t)malloc_usable_size(memory), memory_order_relaxed);
}

void *malloc(size_t size) { return counted(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) { return counted(__libc_calloc(count, size), count * size); }

void *realloc(void *memory, size_t size) {
    count_release(memory);
    return counted(__libc_realloc(memory, size), size);
}

void *memalign(size_t alignment, size_t size) { return counted(__libc_memalign(alignment, size), size); }

void *aligned_alloc(size_t alignment, size_t size) { return memalign(alignment, size); }

int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment < sizeof(void *) || (alignment & (alignment - 1))) return EINVAL;
    void *memory = memalign(alignment, size);
    if (!memory) return ENOMEM;
    *result = memory;
    return 0;
}

void free(void *memory) {
    count_release(memory);
    __libc_free(memory);
}
