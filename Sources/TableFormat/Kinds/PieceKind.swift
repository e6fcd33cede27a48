/// What one piece of a template stands for. Captures are the last four.
public enum PieceKind: UInt8, Sendable {
    case literal = 0
    case host = 1
    case path = 2
    case query = 3
    /// The segment at position `value`.
    case segment = 4
    /// The segments from position `value` on, with the slashes between them.
    case rest = 5
    /// Group `value` of the route's regex.
    case routeGroup = 6
    /// Group `value` of the host's regex.
    case hostGroup = 7
}
