/// Why a URL that a user wrote does not describe a request.
package enum DescribedRequestError: Error, Equatable, Sendable {
    case unknownScheme(String)
    case missingHost
    case userInfo
    case invalidPort(String)

    /// One line without the URL.
    package var message: String {
        switch self {
        case .unknownScheme(let scheme):
            "the scheme '\(scheme)' is not http, https, ws or wss"
        case .missingHost: "the URL names no host, as in http://example.com/path"
        case .userInfo: "the URL has a user name, which requests do not carry"
        case .invalidPort(let text): "'\(text)' is not a port from 1 to 65535"
        }
    }
}
