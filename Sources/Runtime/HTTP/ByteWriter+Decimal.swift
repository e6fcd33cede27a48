extension ByteWriter {
    /// Appends `number` in decimal digits, or nothing if they do not fit.
    package mutating func append(decimal number: UInt64) {
        if number < 10 { return append(byte: 0x30 &+ UInt8(truncatingIfNeeded: number)) }
        guard capacity - count >= Self.digitCountMax + 8 else { return appendSlowly(number) }
        guard number < 100_000_000 else {
            let front = number / 100_000_000
            append(decimal: front)
            let rest = UInt32(truncatingIfNeeded: number &- front &* 100_000_000)
            return append(word: Self.eightDigits(rest) | Self.zeros)
        }
        let digits = Self.eightDigits(UInt32(truncatingIfNeeded: number))
        // Zeros in front are the lowest bytes.
        let zeroCount = digits.trailingZeroBitCount / 8
        append(lowest: 8 - zeroCount, of: (digits | Self.zeros) &>> UInt64(8 * zeroCount))
    }

    /// At the end of the room, where whole words do not fit.
    private mutating func appendSlowly(_ number: UInt64) {
        var digits = InlineArray<20, UInt8>(repeating: 0x30)
        var first = Self.digitCountMax
        var rest = number
        repeat {
            first -= 1
            digits[first] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        } while rest > 0
        let span = digits.span
        // SAFETY: bytes are plain data.
        append(unsafe span.extracting(first..<Self.digitCountMax).bytes)
    }

    private static let digitCountMax = 20
    private static let zeros: UInt64 = 0x3030_3030_3030_3030

    /// The eight digits of a number below a hundred million as values of bytes, the first in the lowest.
    ///
    /// Splits in halves, all of one size at once: by ten thousand, a hundred, ten. Products with a rounded
    /// reciprocal stand in for divisions; they are exact for numbers this small.
    @inline(always)
    private static func eightDigits(_ number: UInt32) -> UInt64 {
        let top = UInt64(number / 10_000)
        let pairs = top | (UInt64(number) &- top &* 10_000) &<< 32
        let hundreds = (pairs &* 5_243) &>> 19 & 0x0000_007F_0000_007F
        let fours = hundreds | (pairs &- hundreds &* 100) &<< 16
        let tens = (fours &* 103) &>> 10 & 0x000F_000F_000F_000F
        return tens | (fours &- tens &* 10) &<< 8
    }
}
