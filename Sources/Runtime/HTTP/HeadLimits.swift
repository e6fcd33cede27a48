/// What a head may measure.
package struct HeadLimits: BitwiseCopyable, Sendable {
    /// Most bytes of a head, from its first byte to the empty line: `max_header_bytes`. Beyond:
    /// 431.
    package var headByteCountMax: Int
    /// Most bytes of a request target: `max_url_bytes`. Beyond: 414.
    package var targetByteCountMax: Int
    /// Most bytes of content that a request may announce: `max_body_bytes`. Beyond: 413.
    package var bodyByteCountMax: UInt64

    package init(
        headByteCountMax: Int = 32 * 1024,
        targetByteCountMax: Int = 8 * 1024,
        bodyByteCountMax: UInt64 = .max
    ) {
        self.headByteCountMax = headByteCountMax
        self.targetByteCountMax = targetByteCountMax
        self.bodyByteCountMax = bodyByteCountMax
    }

    /// Most bytes of a method token. Longer ones name nothing: 501.
    static let methodByteCountMax = 32
    /// Most options in all `Connection` fields of a head: each is compared with every field.
    static let connectionOptionCountMax = 32
    /// Most empty lines before a request line (RFC 9112, 2.2 asks for one).
    static let leadingLineCountMax = 2
    /// Most digits of a Content-Length: what fits 63 bits.
    static let contentLengthDigitCountMax = 19
    /// Most bytes of a client's `X-Request-Id` that is kept.
    static let requestIDByteCountMax = 128
}
