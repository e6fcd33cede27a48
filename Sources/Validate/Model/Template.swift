/// Text with placeholders: `https://{host}{path}`, `/rooms/{room}`.
package struct Template: Equatable, Sendable {
    /// Literal text or a placeholder.
    package enum Piece: Equatable, Sendable {
        case literal(String)
        /// The canonical host of the request, without a port.
        case host
        /// The canonical path of the request.
        case path
        /// The query as it came, with its `?`, or nothing.
        case query
        /// What a capture of the route's pattern took.
        case capture(String)
    }

    package var pieces: [Piece]

    package init(pieces: [Piece]) { self.pieces = pieces }
}
