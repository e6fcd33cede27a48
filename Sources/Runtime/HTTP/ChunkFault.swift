/// Why a chunked content was refused. Each case is something that a peer's bytes can cause.
package enum ChunkFault: UInt8, Error, BitwiseCopyable, CaseIterable, Sendable {
    case invalidSize
    case sizeTooLarge
    case invalidExtension
    case extensionsTooLarge
    case invalidLineEnd
    case invalidTrailer
    case trailerTooLarge
    case contentTooLarge

    /// The status of the answer to a request with such content, if it has not been answered.
    package var status: HTTPStatus {
        switch self {
        case .contentTooLarge: .contentTooLarge
        case .trailerTooLarge: .fieldsTooLarge
        default: .badRequest
        }
    }

    /// What is wrong, for an answer and for the log: plain ASCII, no quotes.
    package var reason: StaticString {
        switch self {
        case .invalidSize: "invalid chunk size"
        case .sizeTooLarge: "the chunk size has too many digits"
        case .invalidExtension: "invalid chunk extension"
        case .extensionsTooLarge: "too many bytes of chunk framing for the content"
        case .invalidLineEnd: "a chunk does not end with a carriage return and a line feed"
        case .invalidTrailer: "invalid trailer"
        case .trailerTooLarge: "the trailer is too large"
        case .contentTooLarge: "the content is too large"
        }
    }
}
