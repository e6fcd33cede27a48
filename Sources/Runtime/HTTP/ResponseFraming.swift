/// Where the content of a response ends (RFC 9112, 6.3).
package enum ResponseFraming: BitwiseCopyable, Equatable, Sendable {
    /// There is none.
    case none
    /// After this many bytes.
    case length(UInt64)
    /// Where the chunks say.
    case chunked
    /// Where the connection ends.
    case untilClose
}
