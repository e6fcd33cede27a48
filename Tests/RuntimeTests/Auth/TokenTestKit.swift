import RouteTable
import Runtime
import TableFormat
import TestSupport
import Testing

/// A moment that the tokens of RFC 7515 and 7519 were valid at: five minutes before their end.
let momentOfTheExamples: Int64 = 1_300_819_080_000

extension AuthDescription {
    /// Tokens of these algorithms.
    static func tokens(_ algorithms: TokenAlgorithm...) -> AuthDescription {
        var description = AuthDescription(name: "guard")
        description.algorithms = algorithms.reduce(0) { $0 | $1.bit }
        return description
    }

    /// HS256 with a secret that is long enough.
    static let sharedSecret = "a secret of more than thirty-two bytes"

    static var shared: AuthDescription {
        var description = AuthDescription.tokens(.hs256)
        description.secret = .literal(sharedSecret)
        return description
    }

    /// The same, changed.
    func with(_ change: (inout AuthDescription) -> Void) -> AuthDescription {
        var copy = self
        change(&copy)
        return copy
    }
}

extension TokenTrial {
    /// What is said of a token that was made with the shared secret.
    mutating func verdict(claims: String, now: Int64 = momentOfTheExamples) -> Verdict {
        verdict(
            of: Array(TokenText.hmac(claims, secret: AuthDescription.sharedSecret).utf8), now: now)
    }

    /// What is said of a text.
    mutating func verdict(_ token: String, now: Int64 = momentOfTheExamples) -> Verdict {
        verdict(of: Array(token.utf8), now: now)
    }
}
