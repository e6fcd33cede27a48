internal import Glibc

/// The input that is being tried, for when trying it stops the process: a signal handler writes it down.
enum LastInput {
    private static let capacity = 1 << 20
    // SAFETY: one thread; the handler runs on it.
    nonisolated(unsafe) private static let memory =
        UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    // SAFETY: as above.
    nonisolated(unsafe) private static var byteCount = 0
    private static let installed: Void = {
        for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGALRM] {
            // The handler only writes a file and ends the process.
            signal(number) { number in LastInput.write(after: number) }
        }
    }()

    /// Remembers `bytes`, and lets the system stop the process if they take more than ten seconds.
    static func keep(_ bytes: [UInt8]) {
        _ = installed
        // SAFETY: at most the capacity is copied.
        unsafe byteCount = min(bytes.count, capacity)
        for index in 0..<(unsafe byteCount) { unsafe memory[index] = bytes[index] }
        alarm(10)
    }

    private static func write(after number: Int32) {
        // SAFETY: plain system calls on memory of this type's own. The environment is only read.
        let path = unsafe getenv("WSROUTE_CRASH_INPUT")
        guard let path = unsafe path else { _exit(128 + number) }
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        _ = unsafe Glibc.write(file, memory, byteCount)
        _exit(128 + number)
    }
}
