/// What a non-blocking transfer did.
enum Transfer: Equatable, BitwiseCopyable, Sendable {
    /// At least one byte moved.
    case moved(byteCount: Int)
    case wouldBlock
    /// The peer will send nothing more. Only when reading.
    case endOfStream
    /// The connection is broken: an errno, or 0 for a fault of TLS.
    case broken(number: Int32)
}
