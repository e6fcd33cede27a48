package import RouteTable

/// One `auth` that is asked about single tokens, without a request around them: for tests and the fuzzer.
package struct TokenTrial: ~Copyable {
    /// What is said of a token.
    package enum Verdict: Equatable, Sendable {
        /// The end is in milliseconds since 1970; nil: never.
        case accepted(untilMilliseconds: Int64?)
        /// The name of the reason.
        case refused(String)
    }

    /// What was noticed when its files were read.
    package let notices: [String]
    private var state: AuthState
    private let claimNames: [[UInt8]]
    private var last: VerifiedToken?

    /// Reads the secrets, keys and users that the description names.
    ///
    /// - Parameter claims: The names of claims that ``claim(_:)`` may be asked for.
    /// - Throws: ``StartupError`` as the proxy does when it loads a table.
    package init(_ description: AuthDescription, claims: [String] = []) throws(StartupError) {
        let set = try AuthLoader.load([description], after: nil)
        notices = set.notices.map(\.text)
        claimNames = claims.map { Array($0.utf8) }
        state = AuthState(set.guards, claimNames: claimNames)
    }

    /// What is said of a token.
    ///
    /// - Parameter now: The time of the day, in milliseconds since 1970.
    package mutating func verdict(of token: [UInt8], now: Int64) -> Verdict {
        let span = token.span
        do throws(TokenRefusal) {
            // SAFETY: bytes are plain data.
            let verified = try unsafe state.verify(span.bytes, by: 0, now: now)
            last = verified
            let end = verified.endMilliseconds
            return .accepted(untilMilliseconds: end == .max ? nil : end)
        } catch {
            return .refused("\(error.name)")
        }
    }

    /// The text of a claim of the token that was accepted last.
    package func claim(_ name: String) -> [UInt8] {
        guard let last, let index = state.claimIndex(Array(name.utf8)) else { return [] }
        let text = state.claim(index, of: last)
        var result: [UInt8] = []
        for index in 0..<text.byteCount { result.append(text.octet(at: index)) }
        return result
    }
}
