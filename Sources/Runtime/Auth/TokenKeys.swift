import RouteTable
import TableFormat

/// The keys of one policy.
struct TokenKeys: Sendable {
    /// What verifies tokens of some algorithms.
    enum Key: Sendable {
        case secret(SharedSecret)
        case `public`(PublicKey)

        /// Whether tokens of this algorithm can be verified with it. A public key never is taken for a
        /// secret: who knows it could sign with it (RFC 8725, 2.1).
        func fits(_ algorithm: TokenAlgorithm) -> Bool {
            switch self {
            case .secret: algorithm.family == .secret
            case .public(let key): key.fits(algorithm)
            }
        }

        /// Whether `signature` is that of `message`.
        func hasSigned(
            _ message: RawSpan, _ signature: [UInt8], _ algorithm: TokenAlgorithm
        ) -> Bool {
            guard fits(algorithm) else { return false }
            switch self {
            case .secret(let secret): return secret.hasSigned(message, signature, algorithm)
            case .public(let key): return key.hasSigned(message, signature, algorithm)
            }
        }
    }

    /// `secret` and `public_key`, which have no name.
    var own: [Key] = []
    /// Those of `jwks_file`.
    var set: [KeySetEntry] = []

    init() {}

    /// The one key for a token.
    ///
    /// A name chooses in the set. Where the set has no such name, and for tokens without one, the own keys
    /// stand in; a set gives a key to a token without a name only if no other would fit.
    ///
    /// - Parameter name: `kid`, if the token has it.
    func key(for algorithm: TokenAlgorithm, named name: ArraySlice<UInt8>?) -> Key? {
        if let name {
            for entry in set where entry.serves(algorithm) && entry.hasName(name) {
                return entry.key
            }
        }
        for key in own where key.fits(algorithm) { return key }
        guard name == nil else { return nil }
        var found: Key?
        for entry in set where entry.serves(algorithm) {
            if found != nil { return nil }
            found = entry.key
        }
        return found
    }
}
