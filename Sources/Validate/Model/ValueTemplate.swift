/// A value that is filled in for each request: text and placeholders such as `{client_ip}`.
package struct ValueTemplate: Equatable, Sendable {
    /// Text or a placeholder.
    package enum Piece: Equatable, Sendable {
        case literal(String)
        /// What stands between the braces: the name of a capture, or one of ``builtins``, or `claim.` and
        /// the name of a claim. Which captures there are depends on the route.
        case placeholder(String)
    }

    /// Placeholders that need no capture.
    package static let builtins = ["client_ip", "host", "path", "request_id"]
    /// What the placeholders of claims begin with.
    package static let claimPrefix = "claim."

    package var pieces: [Piece]

    package init(pieces: [Piece]) { self.pieces = pieces }

    /// The names between the braces, in their order.
    package var placeholders: [String] {
        pieces.compactMap { piece in
            if case .placeholder(let name) = piece { return name }
            return nil
        }
    }
}
