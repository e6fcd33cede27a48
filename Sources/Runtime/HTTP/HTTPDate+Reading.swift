import RouteTable

extension HTTPDate {
    /// The moment that a text names, in seconds since 1970; nil for what is no date in the form that all
    /// programs have to write (RFC 9110, 5.6.7).
    package static func seconds(of text: RawSpan) -> Int64? {
        guard text.byteCount == 29, text.octet(at: 3) == UInt8(ascii: ","),
            text.extracting(25..<29).isEqual(to: " GMT"),
            let day = number(text, 5..<7), let month = month(text.extracting(8..<11)),
            let year = number(text, 12..<16), let hour = number(text, 17..<19),
            let minute = number(text, 20..<22), let second = number(text, 23..<25),
            (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        let seconds = dayNumber(year: year, month: month, day: day) * 86_400
        return seconds + hour * 3_600 + minute * 60 + second
    }

    private static func number(_ text: RawSpan, _ range: Range<Int>) -> Int64? {
        var number: Int64 = 0
        for offset in range {
            let byte = text.octet(at: offset)
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            number = number * 10 + Int64(byte - 0x30)
        }
        return number
    }

    private static func month(_ text: RawSpan) -> Int64? {
        let names = Self.months.octets
        for place in 0..<12 {
            let start = 3 * place
            if text.octet(at: 0) == names.octet(at: start),
                text.octet(at: 1) == names.octet(at: start + 1),
                text.octet(at: 2) == names.octet(at: start + 2)
            {
                return Int64(place + 1)
            }
        }
        return nil
    }

    /// Days since 1970, in years that begin with March, so that leap days come last.
    private static func dayNumber(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}
