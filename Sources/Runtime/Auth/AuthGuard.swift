import RouteTable

/// One middleware of type `auth` with everything read that it names. Immutable.
///
/// What is given is demanded: with `forward_auth` beside `jwt` or `basic` both have to agree. `jwt` and
/// `basic` are two ways of saying who one is; whoever brings `Authorization: Basic` is asked for a password
/// where there is a file of users, everybody else for a token.
struct AuthGuard: Sendable {
    /// Where a token is looked for.
    enum Source: Equatable, Sendable {
        /// A lower-case name.
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
    var tokens: TokenPolicy?
    var sources: [Source] = []
    var users: UserTable?
    var asked: Asked?

    init(name: String) { self.name = name }
}
