// Tells the thread sanitizer of Swift's Mutex; in no other build is anything of this file.
//
// Taking and giving back a free Mutex is inlined into code of ours, where the sanitizer sees it. Where threads
// meet, the standard library does it, which is not instrumented: without the two functions below every value under
// a contended Mutex is reported as a race. Both are in place of the library's and call it.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <stdint.h>
#include <stdlib.h>

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

#define SWIFT_METHOD __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

typedef SWIFT_METHOD void lock_function(uint32_t thread, SELF mutex);
typedef SWIFT_METHOD void unlock_function(SELF mutex);

// Hidden: what is linked together with this file calls it, whoever loads the result.
#define HIDDEN __attribute__((visibility("hidden")))
HIDDEN SWIFT_METHOD void clinux_tsan_lock(uint32_t thread, SELF mutex) __asm__(LOCK_SLOW);
HIDDEN SWIFT_METHOD void clinux_tsan_unlock(SELF mutex) __asm__(UNLOCK_SLOW);

static void *real(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    // The library has it no more: this file is to be looked at again.
    if (function == NULL) abort();
    return function;
}

SWIFT_METHOD void clinux_tsan_lock(uint32_t thread, SELF mutex) {
    ((lock_function *)real(LOCK_SLOW))(thread, mutex);
    __tsan_acquire(mutex);
}

SWIFT_METHOD void clinux_tsan_unlock(SELF mutex) {
    __tsan_release(mutex);
    ((unlock_function *)real(UNLOCK_SLOW))(mutex);
}

#endif
#endif
