/// Why a token does not let its bearer through.
///
/// The raw values are the order of the counters.
enum TokenRefusal: UInt8, Error, CaseIterable {
    /// There is none where the policy looks.
    case missing
    /// Not three parts in base64url that hold strict JSON, or with claims of the wrong kind.
    case malformed
    case tooLong
    /// `alg` is none of those configured.
    case algorithm
    /// There is no key for it.
    case key
    case signature
    case expired
    case notYetValid
    case issuer
    case audience
    /// None of the roles that are asked for. The token itself is good.
    case roles

    /// The word in metrics and logs.
    var name: StaticString {
        switch self {
        case .missing: "token_missing"
        case .malformed: "token_malformed"
        case .tooLong: "token_too_long"
        case .algorithm: "token_algorithm"
        case .key: "token_key"
        case .signature: "token_signature"
        case .expired: "token_expired"
        case .notYetValid: "token_not_yet_valid"
        case .issuer: "token_issuer"
        case .audience: "token_audience"
        case .roles: "token_roles"
        }
    }

    /// A clause for the client. Says nothing that helps to guess.
    var reason: StaticString {
        switch self {
        case .missing: "this needs a token"
        case .malformed: "the token is malformed"
        case .tooLong: "the token is too long"
        case .algorithm: "the token is signed in a way that is not allowed here"
        case .key: "the token is signed with a key that is not known here"
        case .signature: "the signature of the token is wrong"
        case .expired: "the token has expired"
        case .notYetValid: "the token is not valid yet"
        case .issuer: "the token comes from another issuer"
        case .audience: "the token is for another audience"
        case .roles: "the token has none of the roles that this needs"
        }
    }

    /// The same for the access log and the counters.
    var fault: ExchangeFault {
        switch self {
        case .missing: .authMissing
        case .malformed, .tooLong: .authMalformed
        case .algorithm: .authAlgorithm
        case .key: .authKey
        case .signature: .authSignature
        case .expired: .authExpired
        case .notYetValid: .authNotYetValid
        case .issuer: .authIssuer
        case .audience: .authAudience
        case .roles: .authRole
        }
    }

    /// The status of the answer (RFC 6750, 3.1).
    var status: HTTPStatus { self == .roles ? .forbidden : .unauthorized }

    /// Appends `WWW-Authenticate` for it, a whole field line. Whoever brought no token is told of no error.
    func writeChallenge(into writer: inout ByteWriter) {
        writer.append("WWW-Authenticate: Bearer realm=\"wsproxy\"")
        if self != .missing {
            writer.append(", error=\"")
            writer.append(self == .roles ? "insufficient_scope" : "invalid_token")
            writer.append("\", error_description=\"")
            writer.append(reason)
            writer.append("\"")
        }
        writer.appendLineEnd()
    }
}
