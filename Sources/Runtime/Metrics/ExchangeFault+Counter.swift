extension ExchangeFault {
    /// What counts a request that `auth` has refused for it; nil for all other faults.
    package var authCounter: ProxyCounter? {
        switch self {
        case .authMissing: .authMissing
        case .authMalformed: .authMalformed
        case .authAlgorithm: .authAlgorithm
        case .authKey: .authUnknownKey
        case .authSignature: .authSignature
        case .authExpired: .authExpired
        case .authNotYetValid: .authNotYetValid
        case .authIssuer: .authIssuer
        case .authAudience: .authAudience
        case .authRole: .authRole
        case .authPassword: .authPassword
        case .authBusy: .authBusy
        case .authRefusedByOther: .authForward
        case .authNoAnswer, .guardTimeout: .authForwardUnavailable
        default: nil
        }
    }

    /// What counts that `dial_timeout` was over.
    var dialTimeoutCounter: ProxyCounter {
        switch self {
        case .upstreamTLSTimeout: .handshakeTimeouts
        case .proxyTimeout: .proxyTimeouts
        default: .connectTimeouts
        }
    }
}
