/// Where the content of a request ends (RFC 9112, 6.3).
package enum RequestFraming: BitwiseCopyable, Equatable, Sendable {
    /// There is none.
    case none
    /// After this many bytes; zero if the client said so.
    case length(UInt64)
    /// Where the chunks say.
    case chunked

    /// Whether any byte of content may follow the head.
    package var hasContent: Bool { self != .none && self != .length(0) }
}
