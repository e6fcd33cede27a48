/// What a call of ``TLSSession`` did.
package enum TLSProgress: BitwiseCopyable, Equatable, Sendable {
    /// The handshake is complete, or the end of the stream is announced.
    case done
    /// At least one byte of payload was read or written.
    case moved(byteCount: Int)
    /// Nothing moved; call again when the socket is readable, even if the call was a write.
    case wantsRead
    /// Nothing moved; call again when the socket is writable, even if the call was a read.
    case wantsWrite
    /// The peer announced the end of its stream.
    case endOfStream
    /// The connection ended without that announcement: what came may be cut short.
    case truncated
    /// The session is broken. Close the socket; nothing more may be called.
    case failed(TLSFailure)
}
