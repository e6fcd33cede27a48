/* Linux calls that Swift's Glibc module lacks, and macros that do not reach Swift.

   Nothing here may depend on _GNU_SOURCE: Swift sees this header without it, and types that change with it would
   clash with Glibc's. Calls that need it are wrapped in CLinux.c. */
#ifndef WSROUTE_CLINUX_H
#define WSROUTE_CLINUX_H

#ifdef __swift__
/* The system's types come from Swift's Glibc: read anew here they would be this module's own. */
#pragma clang module import SwiftGlibc
#endif
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/types.h>

/* Number of cores that this process may run on, at least 1. */
int clinux_usable_core_count(void);

/* Raises the limit of open descriptors to what the system allows. Returns the limit in force. */
uint64_t clinux_raise_descriptor_limit(void);

/* epoll_event without the union: a pointer in it would make the whole type unsafe to Swift. */
struct clinux_event {
    uint32_t events;
    uint64_t data;
}
#if defined(__x86_64__)
__attribute__((packed)) /* as the kernel has it there */
#endif
;

/* epoll_ctl(2). `events` and `data` do not matter to EPOLL_CTL_DEL. */
int clinux_epoll_control(int poll, int operation, int descriptor, uint32_t events, uint64_t data);

/* epoll_wait(2). */
int clinux_epoll_wait(int poll, struct clinux_event *events, int count_max, int milliseconds);

/* accept4(2), non-blocking and closed on exec. */
int clinux_accept(int listener, struct sockaddr *address, socklen_t *byte_count);

/* Waits for a thread. Returns 0, or ETIMEDOUT if it has not ended in time. */
int clinux_join(unsigned long thread, int milliseconds);

/* Bytes given to a TCP socket that its peer has not acknowledged; 0 if the kernel does not say. `acknowledged` gets
   the number of those that it has. */
uint32_t clinux_waiting_bytes(int descriptor, uint64_t *acknowledged);

/* memfd_create(2): a file in memory that can be sealed, closed on exec. `name` is for /proc only. */
int clinux_memory_file(const char *name);

/* From now on nobody can write, shrink or grow the memory file, nor take the seals away. Returns 0 or -1. */
int clinux_seal(int descriptor);

/* A lease on a file that is read (fcntl(2), F_SETLEASE): whoever opens it to write to it, or cuts it off, waits until
   the lease is given back, 45 seconds at most; the process gets SIGIO. Only for the file's owner, or with CAP_LEASE, and
   while nobody has it open for writing. Returns 0 or -1. Closing the descriptor gives it back. */
int clinux_take_lease(int descriptor);
/* Whether somebody waits for it, or it was lost. */
bool clinux_is_lease_wanted(int descriptor);

/* mremap(2): `mapping` takes the place of another one of the same size at `place`, all at once. Returns 0 or -1. */
int clinux_replace_mapping(const void *place, const void *mapping, size_t byte_count);

/* A counter that one thread writes and others read at any time: plain moves, no lock. */
static inline void clinux_count(uint64_t *counter, uint64_t amount) {
    __atomic_store_n(counter, __atomic_load_n(counter, __ATOMIC_RELAXED) + amount, __ATOMIC_RELAXED);
}
static inline void clinux_count_to(uint64_t *counter, uint64_t value) {
    __atomic_store_n(counter, value, __ATOMIC_RELAXED);
}
static inline uint64_t clinux_counted(const uint64_t *counter) { return __atomic_load_n(counter, __ATOMIC_RELAXED); }
/* Says in one line on standard error that there is no memory for something, and ends the process with 1. Takes no
   memory itself. */
_Noreturn void clinux_out_of_memory(const char *what);

/* Whether so many bytes of address space could be had now. They are not kept. */
bool clinux_can_reserve(size_t byte_count);

/* Gives free memory back to the system, of all arenas: malloc_trim(3). Takes about a millisecond for 30 MB. */
void clinux_trim_memory(void);

/* Lets go of all pages of code and constants. Those that are still needed come back from the page cache, a few at a
   time; those that only the start needed do not. */
void clinux_release_code(void);

/* Gives the calling thread a name of at most 15 bytes, for ps and debuggers. */
void clinux_name_this_thread(const char *name);

/* Nobody ever cancels the calling thread. Told so, glibc leaves out the two locked instructions that it else
   puts around each call that may wait; with other libraries it changes nothing. */
void clinux_never_cancelled(void);

#endif
