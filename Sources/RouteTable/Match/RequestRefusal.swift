/// Why a request is answered with 400 before it is matched, or after its rewrite; or with 404, if
/// ``isNotFound`` says so.
package enum RequestRefusal: UInt8, BitwiseCopyable, Sendable {
    case invalidHost = 1
    case invalidPercentEncoding = 2
    case forbiddenByte = 3
    case encodedNUL = 4
    case encodedSlash = 5
    case emptySegment = 6
    case climbsAboveRoot = 7
    case tooManySegments = 8
    case pathTooLong = 9
    case ambiguousDotSegment = 10
    case notAbsolute = 11
    /// What a rewrite has made is one of the paths that `deny_hidden_files` takes away.
    case hiddenFile = 12

    /// Whether the answer is 404: as if the path that was asked for were such a one.
    package var isNotFound: Bool { self == .hiddenFile }

    /// A sentence for logs and answers.
    package var reason: StaticString {
        switch self {
        case .invalidHost: "the host is not valid"
        case .invalidPercentEncoding: "the path has an invalid percent-encoding"
        case .forbiddenByte: "the path has a byte that must be percent-encoded"
        case .encodedNUL: "the path has an encoded NUL"
        case .encodedSlash: "the path has an encoded slash"
        case .emptySegment: "the path has an empty segment"
        case .climbsAboveRoot: "the path climbs above the root"
        case .tooManySegments: "the path has too many segments"
        case .pathTooLong: "the path is too long"
        case .ambiguousDotSegment: "the path has an ambiguous dot segment"
        case .notAbsolute: "the path does not begin with a slash"
        case .hiddenFile: "no route for this request"
        }
    }
}
