package import RouteTable

/// Finds the parts of a request that it is spread by.
package enum RequestKeys {
    /// The value of the first field of this name.
    ///
    /// - Parameter name: Lower-case.
    package static func field(
        _ name: [UInt8], of fields: borrowing HeaderFields, in bytes: RawSpan
    ) -> ByteRange? {
        for index in 0..<fields.count where isName(fields[index].name, name, in: bytes) {
            return fields[index].value
        }
        return nil
    }

    /// The value of the first cookie of this name (RFC 6265, 4.2).
    package static func cookie(
        _ name: [UInt8], of fields: borrowing HeaderFields, in bytes: RawSpan
    ) -> ByteRange? {
        for index in 0..<fields.count
        where bytes.equalsIgnoringCase(fields[index].name, "cookie") {
            if let value = cookie(name, in: fields[index].value, of: bytes) { return value }
        }
        return nil
    }

    private static func cookie(
        _ name: [UInt8], in field: ByteRange, of bytes: RawSpan
    ) -> ByteRange? {
        var start = field.first
        while start < field.limit {
            while start < field.limit, OctetClass.isBlank(bytes.octet(at: start)) { start += 1 }
            var end = start
            while end < field.limit, bytes.octet(at: end) != UInt8(ascii: ";") { end += 1 }
            if let value = value(of: name, in: start..<end, bytes) { return value }
            start = end + 1
        }
        return nil
    }

    /// The value of the pair in `range`, if its name is `name`.
    private static func value(
        of name: [UInt8], in range: Range<Int>, _ bytes: RawSpan
    ) -> ByteRange? {
        guard range.count > name.count,
            bytes.octet(at: range.lowerBound + name.count) == UInt8(ascii: "=")
        else { return nil }
        for index in name.indices
        where bytes.octet(at: range.lowerBound + index) != name[index] {
            return nil
        }
        var end = range.upperBound
        let start = range.lowerBound + name.count + 1
        while end > start, OctetClass.isBlank(bytes.octet(at: end - 1)) { end -= 1 }
        return ByteRange(from: start, to: end)
    }

    private static func isName(_ range: ByteRange, _ name: [UInt8], in bytes: RawSpan) -> Bool {
        guard Int(range.count) == name.count else { return false }
        for index in name.indices
        where OctetClass.lowercased(bytes.octet(at: range.first + index)) != name[index] {
            return false
        }
        return true
    }
}
