/// What a change does to the fields of one name.
public enum HeaderChangeKind: UInt8, Sendable {
    /// Puts one field in the place of all that are there.
    case set = 0
    /// Adds a field beside those that are there.
    case add = 1
    /// Takes all of them away.
    case remove = 2
}
