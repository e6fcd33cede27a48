#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <malloc.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

int clinux_usable_core_count(void) {
    cpu_set_t cores;
    if (sched_getaffinity(0, sizeof cores, &cores) != 0) return 1;
    int count = CPU_COUNT(&cores);
    return count > 0 ? count : 1;
}

uint64_t clinux_raise_descriptor_limit(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    if (limit.rlim_cur < limit.rlim_max) {
        rlim_t before = limit.rlim_cur;
        limit.rlim_cur = limit.rlim_max;
        if (setrlimit(RLIMIT_NOFILE, &limit) != 0) limit.rlim_cur = before;
    }
    return limit.rlim_cur;
}

_Static_assert(sizeof(struct clinux_event) == sizeof(struct epoll_event), "the kernel's layout");

int clinux_epoll_control(int poll, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return epoll_ctl(poll, operation, descriptor, &event);
}

int clinux_epoll_wait(int poll, struct clinux_event *events, int count_max, int milliseconds) {
    return epoll_wait(poll, (struct epoll_event *)events, count_max, milliseconds);
}

int clinux_accept(int listener, struct sockaddr *address, socklen_t *byte_count) {
    return accept4(listener, address, byte_count, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int clinux_join(unsigned long thread, int milliseconds) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += milliseconds / 1000;
    deadline.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (deadline.tv_nsec >= 1000000000) {
        deadline.tv_sec += 1;
        deadline.tv_nsec -= 1000000000;
    }
    return pthread_timedjoin_np(thread, NULL, &deadline);
}

uint32_t clinux_waiting_bytes(int descriptor, uint64_t *acknowledged) {
    int waiting = 0;
    struct tcp_info information = {0};
    socklen_t byte_count = sizeof information;
    if (ioctl(descriptor, SIOCOUTQ, &waiting) != 0 ||
        getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &information, &byte_count) != 0)
        return 0;
    *acknowledged = information.tcpi_bytes_acked;
    return waiting > 0 ? (uint32_t)waiting : 0;
}

void clinux_name_this_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

void clinux_never_cancelled(void) {
    int before;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &before);
}

int clinux_memory_file(const char *name) {
    return memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING);
}

int clinux_seal(int descriptor) {
    return fcntl(descriptor, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
}

int clinux_take_lease(int descriptor) { return fcntl(descriptor, F_SETLEASE, F_RDLCK); }

/* While somebody waits the kernel names what the lease has to become. */
bool clinux_is_lease_wanted(int descriptor) { return fcntl(descriptor, F_GETLEASE) == F_UNLCK; }

int clinux_replace_mapping(const void *place, const void *mapping, size_t byte_count) {
    void *found = mremap((void *)mapping, byte_count, byte_count, MREMAP_MAYMOVE | MREMAP_FIXED, (void *)place);
    return found == MAP_FAILED ? -1 : 0;
}

_Noreturn void clinux_out_of_memory(const char *what) {
    const char *words[] = {program_invocation_short_name, ": out of memory for ", what,
                           "; allow it more (ulimit -v, LimitAS=, MemoryMax=)\n"};
    struct iovec parts[4];
    for (int index = 0; index < 4; index++)
        parts[index] = (struct iovec){.iov_base = (void *)words[index], .iov_len = strlen(words[index])};
    /* Nobody could be told of a failure. */
    if (writev(STDERR_FILENO, parts, 4) < 0) _exit(1);
    _exit(1);
}

bool clinux_can_reserve(size_t byte_count) {
    void *place = mmap(NULL, byte_count, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (place == MAP_FAILED) return false;
    munmap(place, byte_count);
    return true;
}

void clinux_trim_memory(void) { malloc_trim(0); }

static int release_code(struct dl_phdr_info *object, size_t byte_count, void *unused) {
    (void)byte_count;
    (void)unused;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE) - 1;
    for (int index = 0; index < object->dlpi_phnum; index++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[index];
        /* What can be written, or was while it was linked, is not in the file. */
        if (part->p_type != PT_LOAD || (part->p_flags & PF_W) != 0) continue;
        uintptr_t start = (object->dlpi_addr + part->p_vaddr) & ~page;
        uintptr_t end = (object->dlpi_addr + part->p_vaddr + part->p_filesz + page) & ~page;
        madvise((void *)start, end - start, MADV_DONTNEED);
    }
    return 0;
}

void clinux_release_code(void) { dl_iterate_phdr(release_code, NULL); }
