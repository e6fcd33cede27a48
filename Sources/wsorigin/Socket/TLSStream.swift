internal import COpenSSL

/// A TLS connection that does not block. The handshake happens in the first reads and writes.
@safe
struct TLSStream: ~Copyable {
    private let session: OpaquePointer
    let descriptor: Descriptor
    /// Whether the last call stopped because the socket takes no more.
    private(set) var waitsToWrite = false

    init(session: OpaquePointer, descriptor: consuming Descriptor) {
        unsafe self.session = session
        self.descriptor = descriptor
    }

    deinit { unsafe SSL_free(session) }

    /// Whether decrypted bytes wait inside, of which the socket knows nothing.
    var holdsInput: Bool {
        // SAFETY: the session lives as long as this value.
        unsafe SSL_has_pending(session) == 1
    }

    mutating func read(_ room: inout [UInt8]) -> Transfer {
        ERR_clear_error()
        // SAFETY: OpenSSL writes at most the given number of bytes.
        let result = unsafe SSL_read(session, &room, Int32(min(room.count, 1 << 20)))
        return outcome(result)
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) -> Transfer {
        ERR_clear_error()
        let session = unsafe self.session
        // SAFETY: OpenSSL reads at most the given number of bytes, within the call.
        let result = unsafe bytes.withUnsafeBytes { buffer in
            unsafe SSL_write(session, buffer.baseAddress, Int32(min(buffer.count, 1 << 20)))
        }
        return outcome(result)
    }

    /// Sends the closing alert, if the socket takes it.
    mutating func sayGoodbye() {
        ERR_clear_error()
        // SAFETY: the session lives as long as this value.
        _ = unsafe SSL_shutdown(session)
    }

    private mutating func outcome(_ result: Int32) -> Transfer {
        waitsToWrite = false
        if result > 0 { return .moved(byteCount: Int(result)) }
        // SAFETY: the session lives as long as this value.
        switch unsafe SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ: return .wouldBlock
        case SSL_ERROR_WANT_WRITE:
            waitsToWrite = true
            return .wouldBlock
        case SSL_ERROR_ZERO_RETURN: return .endOfStream
        default: return .broken
        }
    }
}
