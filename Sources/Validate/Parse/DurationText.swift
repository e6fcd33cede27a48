/// Durations: a number of seconds, or a number with a unit.
enum DurationText {
    /// Longest duration, in milliseconds: 24 days, the most that a signed 32-bit timer can hold.
    static let millisecondsMax = 24 * 24 * 3_600_000

    static let advice = "a number of seconds, or a number with a unit: `500ms`, `30s`, `5m`, `1h`"

    /// What is wrong, as the rest of a sentence about a key.
    struct Fault: Error, Equatable {
        let message: String
        let suggestion: String?
    }

    /// - Parameter allowsZero: Zero says something of its own here.
    static func parse(
        _ text: String, isPlain: Bool, allowsZero: Bool = false
    ) -> Result<UInt32, Fault> {
        let bytes = Array(text.utf8)
        let digitCount = bytes.prefix { isDigit($0) || $0 == UInt8(ascii: ".") }.count
        let unit = String(decoding: bytes[digitCount...], as: UTF8.self)
        guard let number = Decimal(bytes[..<digitCount]) else {
            return .failure(Decimal.isLong(bytes[..<digitCount]) ? tooExact : notADuration)
        }
        let unitMilliseconds: Int
        switch unit {
        case "" where isPlain: unitMilliseconds = 1000
        case "":
            return .failure(
                Fault(
                    message: "must be a duration, but this text has no unit",
                    suggestion:
                        "write \(text) without quotes for seconds, or add a unit: `\(text)s`"))
        case "ms": unitMilliseconds = 1
        case "s": unitMilliseconds = 1000
        case "m": unitMilliseconds = 60_000
        case "h": unitMilliseconds = 3_600_000
        default:
            return .failure(
                Fault(
                    message: notADuration.message,
                    suggestion: NumberAdvice.duration(text) ?? notADuration.suggestion))
        }
        guard let milliseconds = number.times(unitMilliseconds, max: millisecondsMax) else {
            return .failure(Fault(message: "must be at most 24 days", suggestion: nil))
        }
        guard milliseconds > 0 || allowsZero && number.isZero else {
            return .failure(Fault(message: "must be at least one millisecond", suggestion: nil))
        }
        return .success(UInt32(milliseconds))
    }

    private static let notADuration = Fault(message: "must be a duration", suggestion: advice)

    private static let tooExact = Fault(
        message: "must be a duration of at least one millisecond and at most 24 days, "
            + "with at most three places behind the point", suggestion: nil)

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
