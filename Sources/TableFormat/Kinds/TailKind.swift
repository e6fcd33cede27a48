/// What may follow the segments of a pattern or of a shape.
public enum TailKind: UInt8, Sendable {
    /// Nothing.
    case end = 0
    /// Any further segments, or none.
    case open = 1
}
