import RouteTable

/// How old an answer is when it arrives (RFC 9111, 4.2.3).
package enum AnswerAge {
    /// More than this is as good as this: two billion seconds (RFC 9111, 1.2.2).
    private static let secondsMax: Int64 = 1 << 31

    /// - Parameters:
    ///   - now: The time of the day, in seconds since 1970.
    ///   - delaySeconds: From the request to the head of the answer.
    /// - Returns: Its age in seconds, by what it says itself and by its date, whichever is more.
    package static func atArrival(
        fields: borrowing HeaderFields, in bytes: RawSpan, now: Int64, delaySeconds: Int64
    ) -> Int64 {
        var stated: Int64 = 0
        var apparent: Int64 = 0
        // Of several fields the first one counts.
        var sawAge = false
        for index in 0..<fields.count {
            let name = fields[index].name
            if !sawAge, bytes.equalsIgnoringCase(name, "age") {
                stated = seconds(fields[index].value, in: bytes)
                sawAge = true
            } else if bytes.equalsIgnoringCase(name, "date"),
                let date = HTTPDate.seconds(of: bytes.octets(fields[index].value))
            {
                apparent = max(0, now - date)
            }
        }
        return min(max(apparent, stated + delaySeconds), secondsMax)
    }

    /// A number of seconds; 0 for what is none.
    private static func seconds(_ value: ByteRange, in bytes: RawSpan) -> Int64 {
        var number: Int64 = 0
        for offset in value.offsets {
            let byte = bytes.octet(at: offset)
            guard byte >= 0x30, byte <= 0x39 else { return 0 }
            number = min(number * 10 + Int64(byte - 0x30), secondsMax)
        }
        return number
    }
}
