import Glibc

/// A descriptor kept in reserve, so that a client can be accepted and told to go when all are in use.
///
/// Without it a client that can't be accepted stays in the queue and the listener stays readable:
/// the loop would spin and the client would hang.
struct EmergencyDescriptor: ~Copyable {
    private var descriptor: Int32

    init() { descriptor = Self.open() }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Accepts the client that waited longest and closes it.
    mutating func refuseOne(on listener: borrowing ListeningSocket) {
        if descriptor >= 0 { close(descriptor) }
        if case .client(let client, _) = listener.accept() { close(client) }
        descriptor = Self.open()
    }

    private static func open() -> Int32 {
        // SAFETY: the path is a constant string.
        unsafe Glibc::open("/dev/null", O_RDONLY | O_CLOEXEC)
    }
}
