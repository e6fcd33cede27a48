internal import CLinux
internal import Glibc

/// A thread of the operating system. Left to itself when this is dropped before it was joined.
final class PosixThread {
    private final class Body {
        let name: String
        // tidy: allow stored-closure because a thread is started with its work, once a process
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private let thread: pthread_t
    private var isJoined = false

    /// Starts a thread.
    ///
    /// - Parameter name: At most 15 bytes, for ps and debuggers.
    /// - Throws: ``SystemError`` if the system allows no more threads.
    init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        var thread = pthread_t()
        // SAFETY: retained here, released by the thread, or below if there is none.
        let argument = unsafe Unmanaged.passRetained(Body(name: name, run: body))
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                unsafe clinux_name_this_thread(body.name)
                body.run()
                return nil
            }, argument.toOpaque())
        guard status == 0 else {
            unsafe argument.release()
            throw SystemError(.thread, status)
        }
        self.thread = thread
    }

    deinit { if !isJoined { pthread_detach(thread) } }

    /// Waits for the end of the thread.
    ///
    /// - Returns: Whether it has ended; the thread must not be joined again if it has.
    func join(withinMilliseconds milliseconds: Int) -> Bool {
        precondition(!isJoined, "a thread was joined twice")
        isJoined = clinux_join(thread, Int32(clamping: milliseconds)) == 0
        return isJoined
    }
}
