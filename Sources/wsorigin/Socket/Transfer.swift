/// What a read or a write that does not block did.
enum Transfer: Equatable {
    case moved(byteCount: Int)
    case wouldBlock
    case endOfStream
    /// The connection is broken and must be closed.
    case broken
}
