/// The bounds between the buckets of a histogram.
package enum HistogramScale: BitwiseCopyable, Sendable {
    /// Microseconds, from 100 µs to 10 s: requests, answers, pings.
    case brief
    /// Microseconds, from one second to a day: connections and streams.
    case long
    /// Bytes, from 64 to 16 Mi: messages.
    case bytes

    /// Upper bounds, a value that is equal included. One more bucket is for all above.
    package var bounds: [UInt64] {
        switch self {
        case .brief:
            [
                100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000,
                500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000,
            ]
        case .long:
            [
                1_000_000, 10_000_000, 60_000_000, 300_000_000, 900_000_000, 3_600_000_000,
                14_400_000_000, 86_400_000_000,
            ]
        case .bytes: [64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 16_777_216]
        }
    }

    /// What the values are divided by where they are shown: Prometheus counts in seconds.
    var unit: UInt64 { self == .bytes ? 1 : 1_000_000 }

    /// The place of a value among the ``bounds``. Does not allocate.
    @inline(always)
    package func bucket(of value: UInt64) -> Int {
        switch self {
        case .brief: Self.briefBucket(of: value)
        case .long: Self.longBucket(of: value)
        case .bytes: Self.bytesBucket(of: value)
        }
    }

    private static func briefBucket(of value: UInt64) -> Int {
        switch value {
        case ...100: 0
        case ...250: 1
        case ...500: 2
        case ...1_000: 3
        case ...2_500: 4
        case ...5_000: 5
        case ...10_000: 6
        case ...25_000: 7
        case ...50_000: 8
        case ...100_000: 9
        case ...250_000: 10
        case ...500_000: 11
        case ...1_000_000: 12
        case ...2_500_000: 13
        case ...5_000_000: 14
        case ...10_000_000: 15
        default: 16
        }
    }

    private static func longBucket(of value: UInt64) -> Int {
        switch value {
        case ...1_000_000: 0
        case ...10_000_000: 1
        case ...60_000_000: 2
        case ...300_000_000: 3
        case ...900_000_000: 4
        case ...3_600_000_000: 5
        case ...14_400_000_000: 6
        case ...86_400_000_000: 7
        default: 8
        }
    }

    /// The bounds are powers of four from 2⁶ on, and 2²⁴: no search, for it is asked with each message.
    @inline(always)
    static func bytesBucket(of value: UInt64) -> Int {
        if value <= 64 { return 0 }
        // As many digits as the greatest value of its bucket has, less one.
        let digits = 64 - (value - 1).leadingZeroBitCount
        if digits <= 20 { return (digits - 5) >> 1 }
        return digits <= 24 ? 8 : 9
    }
}
