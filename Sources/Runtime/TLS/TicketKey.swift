internal import COpenSSL

/// One key that session tickets are sealed with: its name, and a key each for cipher and signature.
struct TicketKey: Sendable {
    static let nameByteCount = 16
    private static let keyByteCount = 32

    /// What a ticket says it was sealed with. Public.
    let name: [UInt8]
    let cipherKey: [UInt8]
    let signatureKey: [UInt8]

    /// A key that nobody knows.
    static func random() -> TicketKey {
        TicketKey(
            name: bytes(nameByteCount), cipherKey: bytes(keyByteCount),
            signatureKey: bytes(keyByteCount))
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        // SAFETY: the buffer has as many bytes as are asked for.
        let status = unsafe RAND_bytes(&bytes, Int32(count))
        precondition(status == 1, "OpenSSL has no random numbers")
        return bytes
    }
}
