import TableFormat

/// What a token must be to let its bearer through: `jwt`, `roles` and `roles_claim` of one middleware, with
/// everything read that they name.
struct TokenPolicy: Sendable {
    /// Bits of ``TokenAlgorithm``.
    var algorithms: UInt32 = 0
    var keys = TokenKeys()
    /// Nil: any, or none.
    var issuer: [UInt8]?
    /// One of them must be in `aud`; empty: any, or none.
    var audiences: [[UInt8]] = []
    /// How far clocks may be apart.
    var leewayMilliseconds: Int64 = 0
    /// One of them must be in the claim; empty: none is needed.
    var roles: [[UInt8]] = []
    var rolesClaim = ClaimPath(Array("roles".utf8))

    init() {}

    /// Whether tokens may be signed in this way.
    func allows(_ algorithm: TokenAlgorithm) -> Bool { algorithms & algorithm.bit != 0 }
}
