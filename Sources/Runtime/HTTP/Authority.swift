internal import CBytes
import RouteTable

/// Checks and compares the `host[:port]` of a Host field or of an absolute target (RFC 3986, 3.2).
enum Authority {
    /// Whether the bytes are a host that is not empty, with or without a port, and nothing else.
    ///
    /// User information, a zone, a comma and an empty port are refused.
    static func isValid(_ authority: ByteRange, in bytes: RawSpan) -> Bool {
        guard !authority.isEmpty else { return false }
        guard let hostEnd = hostEnd(authority, in: bytes), hostEnd > authority.first else {
            return false
        }
        return hostEnd == authority.limit || isPort(from: hostEnd, to: authority.limit, in: bytes)
    }

    /// The offset behind the host, before the colon of the port; `nil` if the host is malformed.
    private static func hostEnd(_ authority: ByteRange, in bytes: RawSpan) -> Int? {
        var offset = authority.first
        let end = authority.limit
        if bytes.octet(at: offset) == 0x5B {
            offset += 1
            let first = offset
            while offset < end, OctetClass.isAddressLiteral(bytes.octet(at: offset)) { offset += 1 }
            guard offset < end, offset > first, bytes.octet(at: offset) == 0x5D else { return nil }
            return offset + 1
        }
        offset = min(end, plainEnd(in: bytes, from: offset))
        while offset < end {
            let byte = bytes.octet(at: offset)
            guard OctetClass.isRegisteredName(byte) else { break }
            if byte == 0x25 {
                guard offset + 2 < end,
                    OctetClass.hexadecimalValue(bytes.octet(at: offset + 1)) != nil,
                    OctetClass.hexadecimalValue(bytes.octet(at: offset + 2)) != nil
                else { return nil }
            }
            offset += 1
        }
        return offset
    }

    /// As far as whole blocks of the head reach, the offset of the first byte that is not plain.
    @inline(always)
    private static func plainEnd(in bytes: RawSpan, from start: Int) -> Int {
        precondition(start >= 0 && start <= bytes.byteCount, "a host outside of its head")
        // SAFETY: checked above; the function reads in front of the end that it is given.
        return unsafe bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return start }
            let octets = unsafe base.assumingMemoryBound(to: UInt8.self)
            return unsafe cbytes_plain_host_end(octets, start, buffer.count)
        }
    }

    private static func isPort(from colon: Int, to end: Int, in bytes: RawSpan) -> Bool {
        guard bytes.octet(at: colon) == 0x3A, end - colon >= 2, end - colon <= 6 else {
            return false
        }
        var number = 0
        for offset in colon + 1..<end {
            let byte = bytes.octet(at: offset)
            guard OctetClass.isDigit(byte) else { return false }
            number = number * 10 + Int(byte &- 0x30)
        }
        return number <= 65_535
    }

    /// Whether two valid authorities name the same host and port.
    ///
    /// - Parameter defaultPort: The port of the target's scheme, as it is written: `":80"`.
    static func agree(
        _ first: ByteRange, _ second: ByteRange, defaultPort: StaticString, in bytes: RawSpan
    ) -> Bool {
        bytes.equalsIgnoringCase(
            withoutPort(first, defaultPort, in: bytes), withoutPort(second, defaultPort, in: bytes))
    }

    private static func withoutPort(
        _ authority: ByteRange, _ port: StaticString, in bytes: RawSpan
    ) -> ByteRange {
        let portByteCount = UInt32(port.utf8CodeUnitCount)
        guard authority.count > portByteCount else { return authority }
        let tail = ByteRange(
            offset: authority.offset + authority.count - portByteCount, count: portByteCount)
        guard bytes.equalsIgnoringCase(tail, port) else { return authority }
        return ByteRange(offset: authority.offset, count: authority.count - portByteCount)
    }
}
