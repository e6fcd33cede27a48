import RouteTable

/// How many may still pass an OPTIONS request on (RFC 9110, 7.6.2). Of other methods the field means nothing.
package enum MaxForwards {
    /// The number that the first field of that name has, clamped; nil if there is none or it is no number.
    package static func value(_ fields: borrowing HeaderFields, in bytes: RawSpan) -> UInt32? {
        firstIndex(in: fields).flatMap { number(fields[$0].value, in: bytes) }
    }

    /// What is said to the next one: one less than came. nil if nothing is, or a guard has taken that field away or
    /// put another one in its place.
    package static func next(_ fields: borrowing HeaderFields, in bytes: RawSpan) -> UInt32? {
        guard let index = firstIndex(in: fields), !fields.isNominated(at: index),
            let count = number(fields[index].value, in: bytes), count > 0
        else { return nil }
        return count - 1
    }

    private static func firstIndex(in fields: borrowing HeaderFields) -> Int? {
        for index in 0..<fields.count where fields.kind(at: index) == .maxForwards { return index }
        return nil
    }

    private static func number(_ digits: ByteRange, in bytes: RawSpan) -> UInt32? {
        guard !digits.isEmpty else { return nil }
        var number: UInt64 = 0
        for offset in digits.offsets {
            let digit = bytes.octet(at: offset)
            guard digit >= 0x30, digit <= 0x39 else { return nil }
            number = min(number * 10 + UInt64(digit - 0x30), UInt64(UInt32.max))
        }
        return UInt32(number)
    }
}
