import RouteTable

/// Why a guard does not let a request in, and how one could get in.
struct AuthRefusal {
    enum Reason: Equatable {
        case token(TokenRefusal)
        case passwordMissing
        case passwordWrong
        /// Too many passwords wait to be checked, or one took too long.
        case busy
        /// Whoever is asked can't be reached, takes too long, or makes no sense.
        case noAnswer
    }

    let reason: Reason
    /// Whether a token, or a password, would help.
    let takesTokens: Bool
    let takesPasswords: Bool
    /// The route that took the request, for the log.
    let route: RouteIndex?

    var status: HTTPStatus {
        switch reason {
        case .token(let refusal): refusal.status
        case .passwordMissing, .passwordWrong: .unauthorized
        case .busy, .noAnswer: .serviceUnavailable
        }
    }

    /// A clause for the client.
    var text: StaticString {
        switch reason {
        case .token(let refusal): refusal.reason
        case .passwordMissing: "this needs a name and a password"
        case .passwordWrong: "name or password is wrong"
        case .busy: "too many passwords are being checked"
        case .noAnswer: "it could not be found out whether this is allowed"
        }
    }

    /// The word in logs and metrics.
    var fault: ExchangeFault {
        switch reason {
        case .token(let refusal): refusal.fault
        case .passwordMissing, .passwordWrong: .authPassword
        case .busy: .authBusy
        case .noAnswer: .authNoAnswer
        }
    }

    /// Appends `WWW-Authenticate`, a field line for each way in (RFC 9110, 11.6.1).
    func writeChallenges(into writer: inout ByteWriter) {
        guard status == .unauthorized || status == .forbidden else { return }
        if takesTokens {
            if case .token(let refusal) = reason {
                refusal.writeChallenge(into: &writer)
            } else {
                TokenRefusal.missing.writeChallenge(into: &writer)
            }
        }
        if takesPasswords, status == .unauthorized {
            writer.append("WWW-Authenticate: Basic realm=\"wsproxy\", charset=\"UTF-8\"\r\n")
        }
    }
}
