internal import CLinux
internal import Glibc

/// Takes the signals that steer the process, instead of handlers that could interrupt anything.
///
/// Made before any other thread, which inherits what signals are blocked, and before the first table is loaded, for
/// whoever writes to that from then on makes the kernel send one.
struct SignalDescriptor: ~Copyable {
    enum Signal: Equatable, Sendable {
        case reload
        case end
        case reopenLogs
        /// Somebody waits to write to a table that is in use.
        case tableWanted
    }

    /// Readable while a signal waits. Non-blocking.
    let descriptor: Int32

    /// - Throws: ``SystemError`` if the process has no descriptor left.
    init() throws(SystemError) {
        var signals = Self.blockSignals()
        // SAFETY: the call reads the set, which lives on this frame.
        descriptor = unsafe signalfd(-1, &signals, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
        guard descriptor >= 0 else { throw SystemError.last(.signalDescriptor) }
    }

    deinit { close(descriptor) }

    /// Has them wait until somebody takes them.
    @discardableResult
    static func blockSignals() -> sigset_t {
        // SAFETY: the set lives on this frame for all of these calls.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        for signal in [SIGHUP, SIGTERM, SIGINT, SIGUSR1, SIGIO] {
            unsafe sigaddset(&signals, signal)
        }
        unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
        return signals
    }

    /// Takes the next signal that waits, or returns nil.
    borrowing func next() -> Signal? {
        var information = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        // SAFETY: the kernel writes one record into room for one.
        guard unsafe read(descriptor, &information, size) == size else { return nil }
        switch Int32(information.ssi_signo) {
        case SIGHUP: return .reload
        case SIGUSR1: return .reopenLogs
        case SIGIO: return .tableWanted
        default: return .end
        }
    }
}
