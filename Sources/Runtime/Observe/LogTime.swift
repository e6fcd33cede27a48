internal import Glibc

/// A moment as log lines write it: UTC with milliseconds, `2026-01-31T23:59:59.123Z` (RFC 3339).
///
/// A worker keeps one and updates it once a turn; lines of one turn have one time.
@safe
package struct LogTime: BitwiseCopyable, Sendable {
    static let byteCount = 24

    private var text = InlineArray<24, UInt8>(repeating: UInt8(ascii: "0"))
    /// Seconds since 1970 of what `text` says, so that the date is worked out once a second.
    private var second = Int64.min

    /// - Parameter milliseconds: Since 1970, in UTC.
    package init(milliseconds: Int64) { update(to: milliseconds) }

    /// What the system's clock says now.
    package static func now() -> LogTime { LogTime(milliseconds: nowMilliseconds()) }

    /// Milliseconds since 1970, in UTC.
    package static func nowMilliseconds() -> Int64 {
        var now = timespec()
        // SAFETY: the call writes one timespec, which lives on this frame.
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }

    /// The text. Always ``byteCount`` bytes.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: bytes are plain data.
        get { unsafe text.span.bytes }
    }

    /// - Parameter milliseconds: Since 1970, in UTC. Between the years 0 and 9999.
    package mutating func update(to milliseconds: Int64) {
        let (newSecond, rest) = Self.divide(milliseconds, by: 1000)
        if newSecond != second { update(second: newSecond) }
        write(rest, digitCount: 3, at: 20)
    }

    private mutating func update(second newSecond: Int64) {
        second = newSecond
        let (days, secondOfDay) = Self.divide(newSecond, by: 86_400)
        let date = Self.date(dayNumber: days)
        write(date.year, digitCount: 4, at: 0)
        text[4] = UInt8(ascii: "-")
        write(date.month, digitCount: 2, at: 5)
        text[7] = UInt8(ascii: "-")
        write(date.day, digitCount: 2, at: 8)
        text[10] = UInt8(ascii: "T")
        write(secondOfDay / 3600, digitCount: 2, at: 11)
        text[13] = UInt8(ascii: ":")
        write(secondOfDay / 60 % 60, digitCount: 2, at: 14)
        text[16] = UInt8(ascii: ":")
        write(secondOfDay % 60, digitCount: 2, at: 17)
        text[19] = UInt8(ascii: ".")
        text[23] = UInt8(ascii: "Z")
    }

    /// The date of a day counted from 1970-01-01, in the Gregorian calendar.
    ///
    /// Counts in eras of 400 years from the first of March of year 0, so that leap days come last.
    static func date(dayNumber: Int64) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = divide(dayNumber + 719_468, by: 146_097)
        let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (Int(era) * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    private mutating func write(_ number: Int, digitCount: Int, at start: Int) {
        var rest = number.magnitude
        for index in stride(from: start + digitCount - 1, through: start, by: -1) {
            text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// Rounds down, so that the remainder is never negative.
    static func divide(_ number: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int) {
        let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, Int(rest + divisor)) : (quotient, Int(rest))
    }
}
