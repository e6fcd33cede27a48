import Glibc

/// A descriptor kept in reserve, so that a client can be accepted and told to go when all are in use.
///
/// Without it a client that can't be accepted stays in the queue and the listener stays readable:
/// the loop would spin and the client would hang.
struct EmergencyDescriptor: ~Copyable {
    private var descriptor: Int32

    init() { descriptor = Self.open() }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Accepts the client that waited longest, in the place of the reserve. When the client was closed,
    /// call ``renew()``.
    mutating func acceptOne(on listener: borrowing ListeningSocket) -> Socket? {
        release()
        if case .client(let client, _) = listener.accept() { return Socket(adopting: client) }
        renew()
        return nil
    }

    /// Gives the reserve up, so that one client can be accepted.
    mutating func release() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Takes a descriptor in reserve again.
    mutating func renew() {
        if descriptor < 0 { descriptor = Self.open() }
    }

    private static func open() -> Int32 {
        // SAFETY: the path is a constant string.
        unsafe Glibc::open("/dev/null", O_RDONLY | O_CLOEXEC)
    }
}
