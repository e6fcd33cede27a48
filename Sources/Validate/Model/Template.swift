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

extension Template {
    /// The template with the captures of a host as hosts: what is not said by the path.
    func withoutCaptures(_ hostCaptures: [String], except pathCaptures: [String]) -> Template {
        Template(
            pieces: pieces.map { piece in
                guard case .capture(let name) = piece, hostCaptures.contains(name),
                    !pathCaptures.contains(name)
                else { return piece }
                return .host
            })
    }
}
