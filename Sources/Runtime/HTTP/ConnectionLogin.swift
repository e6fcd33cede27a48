import RouteTable

/// Logins that hold for a connection and not for a request: NTLM, and Negotiate as some backends do it (RFC 4559; RFC
/// 9110, 11.6.3 says that they must not). A connection on which one was spoken must not serve anybody else.
enum ConnectionLogin {
    /// - Parameter kind: Which field speaks of logins here: `Authorization` or `WWW-Authenticate`.
    static func isSpoken(
        in kind: KnownHeader, of fields: borrowing HeaderFields, _ bytes: RawSpan
    ) -> Bool {
        guard fields.contains(kind) else { return false }
        for index in 0..<fields.count where fields.kind(at: index) == kind {
            var list = ListCursor(fields[index].value)
            while let element = list.next(in: bytes) {
                if begins(element, "ntlm", in: bytes) || begins(element, "negotiate", in: bytes) {
                    return true
                }
            }
        }
        return false
    }

    private static func begins(
        _ element: ByteRange, _ scheme: StaticString, in bytes: RawSpan
    ) -> Bool {
        let count = scheme.utf8CodeUnitCount
        guard element.count >= count,
            bytes.equalsIgnoringCase(
                ByteRange(from: element.first, to: element.first + count), scheme)
        else { return false }
        return element.count == count || OctetClass.isBlank(bytes.octet(at: element.first + count))
    }
}
