/// What one segment of a pattern must be.
public enum SegmentKind: UInt8, Sendable {
    /// The text.
    case literal = 0
    /// The text, in which `*` stands for any bytes.
    case glob = 1
    /// Anything but nothing.
    case wildcard = 2
    /// Anything. Comes from regexes only.
    case anything = 3
}
