internal import CLinux
internal import Glibc

/// An eventfd that ends another thread's `epoll_wait`.
package struct WakeupDescriptor: ~Copyable, Sendable {
    /// Readable while a signal waits. Non-blocking.
    package let descriptor: Int32

    /// - Throws: ``SystemError`` if the process has no descriptor left.
    package init() throws(SystemError) {
        descriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError.last(.eventDescriptor) }
    }

    deinit { close(descriptor) }

    /// Makes the descriptor readable. May be called from any thread.
    package borrowing func signal() {
        // The counter overflows after 2^64 - 2 unread signals; no other failure is possible.
        _ = eventfd_write(descriptor, 1)
    }

    /// Takes all signals back.
    package borrowing func acknowledge() {
        var count: eventfd_t = 0
        // SAFETY: the call writes one counter, which lives on this frame.
        _ = unsafe eventfd_read(descriptor, &count)
    }
}
