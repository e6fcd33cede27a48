internal import COpenSSL
internal import Synchronization

/// The keys that session tickets are sealed with (RFC 5077, 4). One set serves the whole process,
/// so that a client resumes on any worker and after a reload.
///
/// Made when first asked for: a proxy without TLS listeners never starts OpenSSL's random
/// generator.
package final class TLSTicketKeys: Sendable {
    /// A name of 16 bytes, an HMAC key and an AES key of 32 each.
    static let byteCount = 80

    private let keys = Mutex<[UInt8]?>(nil)

    package init() {}

    func bytes() -> [UInt8] {
        keys.withLock { keys in
            if let keys { return keys }
            var fresh = [UInt8](repeating: 0, count: Self.byteCount)
            // SAFETY: the buffer has as many bytes as are asked for.
            let status = unsafe RAND_bytes(&fresh, Int32(Self.byteCount))
            precondition(status == 1, "OpenSSL has no random numbers")
            keys = fresh
            return fresh
        }
    }
}
