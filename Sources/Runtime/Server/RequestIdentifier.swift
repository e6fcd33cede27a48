/// The identifier of a request that brought none: 128 random bits as 32 hexadecimal digits.
struct RequestIdentifier: BitwiseCopyable {
    private var text = InlineArray<32, UInt8>(repeating: 0)

    init(_ high: UInt64, _ low: UInt64) {
        for index in 0..<16 {
            let shift = UInt64(60 - 4 * index)
            text[index] = Self.digit(high &>> shift)
            text[16 + index] = Self.digit(low &>> shift)
        }
    }

    private static func digit(_ bits: UInt64) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: bits & 0x0F)
        return value < 10 ? 0x30 &+ value : 0x57 &+ value
    }

    /// The digits.
    var bytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: bytes are plain data.
        get { unsafe text.span.bytes }
    }
}
