/// What one piece of a value stands for. Those up to `hostGroup` are as in ``PieceKind``.
public enum ValuePieceKind: UInt8, Sendable {
    case literal = 0
    /// The canonical host of the request.
    case host = 1
    /// Its canonical path.
    case path = 2
    /// The segment at position `value`.
    case segment = 4
    /// The segments from position `value` on, with the slashes between them.
    case rest = 5
    /// Group `value` of the route's regex.
    case routeGroup = 6
    /// Group `value` of the host's regex.
    case hostGroup = 7
    /// The address of the client.
    case clientAddress = 8
    /// The identifier of the request.
    case requestID = 9
    /// Claim `value` of the verified token.
    case claim = 10
}
