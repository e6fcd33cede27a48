internal import CBytes

/// The identifier of a request that brought none: 128 random bits as 32 hexadecimal digits.
struct RequestIdentifier: BitwiseCopyable {
    /// Eight digits each, as they stand in memory.
    private let text: InlineArray<4, UInt64>

    init(_ high: UInt64, _ low: UInt64) {
        let front = cbytes_hexadecimal(high)
        let back = cbytes_hexadecimal(low)
        text = [front.first, front.second, back.first, back.second]
    }

    /// The digits.
    var bytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: numbers are plain data.
        get { unsafe text.span.bytes }
    }
}
