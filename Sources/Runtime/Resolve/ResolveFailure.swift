/// Why a name has no addresses.
package enum ResolveFailure: UInt8, BitwiseCopyable, Error, Sendable {
    case noSuchName, noAddresses, timedOut, serverFailed, refused, invalidName, other

    /// A few lower-case words for logs.
    package var reason: StaticString {
        switch self {
        case .noSuchName: "the name does not exist"
        case .noAddresses: "the name has no addresses"
        case .timedOut: "the name servers do not answer"
        case .serverFailed: "the name server failed"
        case .refused: "the name server refused the query"
        case .invalidName: "the name is not valid"
        case .other: "the name could not be resolved"
        }
    }
}
