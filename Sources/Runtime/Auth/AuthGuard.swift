import RouteTable

/// One middleware of type `auth` with everything read that it names. Immutable.
///
/// What is given is demanded: with `forward_auth` beside `jwt` or `basic` both have to agree. `jwt` and
/// `basic` are two ways of saying who one is; whoever brings `Authorization: Basic` is asked for a password
/// where there is a file of users, everybody else for a token.
///
/// A class, so that a request which looks at it counts one reference and not all of its lists.
final class AuthGuard: Sendable {
    /// Where a token is looked for.
    enum Source: Equatable, Sendable {
        /// `Authorization: Bearer`.
        case authorization
        /// A lower-case name, of another one.
        case header([UInt8])
        case cookie([UInt8])
        case query([UInt8])
        case subprotocol
    }

    /// Who is asked by `forward_auth`.
    struct Asked: Sendable {
        /// Index of the service.
        let service: UInt32
        /// Lower-case names of headers that the answer gives to the request.
        let headers: [[UInt8]]
    }

    let name: String
    /// What a token has to be; nil if none is asked for.
    let tokens: TokenPolicy?
    /// Where its token is looked for, in this order.
    let sources: [Source]
    /// Parameters of the query that hold tokens, so that nobody else sees them.
    let hiddenParameters: [[UInt8]]
    /// Whether tokens may come among the subprotocols of a WebSocket.
    let takesSubprotocol: Bool
    /// Who may come in by name and password.
    let users: UserTable?
    let asked: Asked?
    /// What a WebSocket's Close says when its token ends.
    let expiredCloseCode: CloseCode

    init(
        name: String, tokens: TokenPolicy?, sources: [Source], users: UserTable?, asked: Asked?,
        expiredCloseCode: CloseCode
    ) {
        self.name = name
        self.tokens = tokens
        self.sources = sources
        self.users = users
        self.asked = asked
        self.expiredCloseCode = expiredCloseCode
        hiddenParameters = sources.compactMap { source in
            if case .query(let name) = source { name } else { nil }
        }
        takesSubprotocol = sources.contains(.subprotocol)
    }
}
