/// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
///
/// A worker keeps one for the answers that it makes itself and changes it once a second.
package struct HTTPDate: BitwiseCopyable, Sendable {
    private static let weekdays: StaticString = "ThuFriSatSunMonTueWed"
    static let months: StaticString = "JanFebMarAprMayJunJulAugSepOctNovDec"

    private var text = InlineArray<29, UInt8>(repeating: 0x20)

    /// - Parameter seconds: Since 1970, in UTC. Between the years 0 and 9999.
    package init(seconds: Int64) {
        let (dayNumber, secondOfDay) = LogTime.divide(seconds, by: 86_400)
        let date = LogTime.date(dayNumber: dayNumber)
        // The first of January 1970 was a Thursday.
        copy(Self.weekdays, LogTime.divide(dayNumber, by: 7).rest, to: 0)
        text[3] = UInt8(ascii: ",")
        write(date.day, digitCount: 2, at: 5)
        copy(Self.months, date.month - 1, to: 8)
        write(date.year, digitCount: 4, at: 12)
        write(secondOfDay / 3_600, digitCount: 2, at: 17)
        text[19] = UInt8(ascii: ":")
        write(secondOfDay / 60 % 60, digitCount: 2, at: 20)
        text[22] = UInt8(ascii: ":")
        write(secondOfDay % 60, digitCount: 2, at: 23)
        copy("GMT", 0, to: 26)
    }

    /// The text.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: bytes are plain data.
        get { unsafe text.span.bytes }
    }

    /// Copies the name at a place of a list of names, three letters each.
    private mutating func copy(_ names: StaticString, _ place: Int, to start: Int) {
        let octets = names.octets
        for index in 0..<3 { text[start + index] = octets.octet(at: place * 3 + index) }
    }

    private mutating func write(_ number: Int, digitCount: Int, at start: Int) {
        var rest = number
        for index in stride(from: start + digitCount - 1, through: start, by: -1) {
            text[index] = 0x30 + UInt8(rest % 10)
            rest /= 10
        }
    }
}
