import RouteTable

/// The guards of one table as one worker uses them, with the tokens and passwords that it has verified.
struct AuthState: ~Copyable {
    let guards: [AuthGuard]
    /// The claims that anything in the table asks for.
    private let claimPaths: [ClaimPath]
    private let claimNames: [[UInt8]]
    private var reader = TokenReader()
    private var cache = TokenCache()
    var passwords = PasswordCache()

    /// - Parameter claimNames: The claims that others ask for, each once; see ``claim(_:of:)``.
    init(_ guards: [AuthGuard], claimNames: [[UInt8]]) {
        self.guards = guards
        self.claimNames = claimNames
        claimPaths = claimNames.map(ClaimPath.init)
    }

    /// Where the text of a claim is found, or nil if nobody has asked for it.
    func claimIndex(_ name: [UInt8]) -> Int? { claimNames.firstIndex(of: name) }

    /// Verifies a token, or finds that it was verified before.
    ///
    /// - Parameter now: The time of the day, in milliseconds.
    /// - Throws: ``TokenRefusal`` for the first thing that is wrong.
    mutating func verify(
        _ token: RawSpan, by place: UInt32, now: Int64
    ) throws(TokenRefusal) -> VerifiedToken {
        if let known = cache.find(token, policy: place, now: now) {
            return VerifiedToken(place: UInt32(known), endMilliseconds: cache.end(at: known))
        }
        guard let policy = guards[Int(place)].tokens else { throw .missing }
        let end = try reader.verify(token, by: policy, now: now)
        let new = cache.insert(
            token, policy: place, end: end, reader: reader, claims: claimPaths)
        return VerifiedToken(place: UInt32(new), endMilliseconds: end ?? .max)
    }

    /// Hands on the claims of a token that was just verified. `mutating` because a borrow of a part of a
    /// noncopyable value that is itself being changed would borrow all of it.
    mutating func copyClaims(of token: VerifiedToken, to claims: inout ClaimValues) {
        for index in claimPaths.indices {
            let text = cache.claim(index, at: Int(token.place))
            if !text.isEmpty { claims.set(UInt32(index), text) }
        }
    }

    /// The text of a claim of a token that was just verified; empty if it does not have it.
    ///
    /// Of no use once another token was verified.
    @_lifetime(borrow self)
    func claim(_ index: Int, of token: VerifiedToken) -> RawSpan {
        cache.claim(index, at: Int(token.place))
    }
}
