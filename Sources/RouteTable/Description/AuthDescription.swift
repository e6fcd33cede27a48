/// What a middleware of type `auth` was told.
package struct AuthDescription: Equatable, Sendable {
    /// Where a secret is found.
    package enum Secret: Equatable, Sendable {
        case literal(String)
        case environment(String)
        case file(String)
    }

    /// Where a token is looked for.
    package enum Source: Equatable, Sendable {
        /// A lower-case name.
        case header(String)
        case cookie(String)
        case query(String)
        /// `Sec-WebSocket-Protocol`
        case subprotocol
    }

    /// `forward_auth`
    package struct Asked: Equatable, Sendable {
        package var service: ServiceIndex
        /// Lower-case names of headers that the answer gives to the request.
        package var headers: [String]
    }

    /// The name of the middleware.
    package var name: String
    /// Bits of `TokenAlgorithm`; 0: no tokens.
    package var algorithms: UInt32 = 0
    package var secret: Secret?
    package var publicKey: String?
    package var keySet: String?
    package var issuer: String?
    package var audiences: [String] = []
    package var leewayMilliseconds: UInt32 = 0
    /// What a WebSocket's Close says when its token ends. May stand in a frame.
    package var expiredCloseCode: UInt16 = 1_008
    package var roles: [String] = []
    package var rolesClaim = "roles"
    package var sources: [Source] = []
    package var usersFile: String?
    package var asked: Asked?

    package init(name: String) { self.name = name }
}
