import RouteTable
import TableFormat

/// Version 2: a signature, two bytes that say what it is, a length, addresses, and further values.
///
///     0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A │ version, command │ family │ length (2) │ addresses │ values…
extension ProxyHeader {
    private static let fixedByteCount = 16
    private static let signature: StaticString = "\r\n\r\n\0\r\nQUIT\n"

    /// The type of the value that holds a checksum of the whole header.
    private static let checksumType: UInt8 = 3

    static func parseBinary(_ bytes: RawSpan) -> Outcome {
        if let outcome = begins(bytes, with: signature) { return outcome }
        guard bytes.byteCount >= fixedByteCount else { return .incomplete }
        let versionAndCommand = bytes.octet(at: 12)
        guard versionAndCommand &>> 4 == 2 else { return .refused(.unknownVersion) }
        guard versionAndCommand & 0x0F <= 1 else { return .refused(.unknownCommand) }
        let end = fixedByteCount + Int(number16(bytes, at: 14))
        guard end <= byteCountMax else { return .refused(.tooLong) }
        guard bytes.byteCount >= end else { return .incomplete }
        let header = bytes.extracting(0..<end)
        // A peer that speaks for itself may send any addresses; they are not looked at.
        if versionAndCommand & 0x0F == 0 {
            return .complete(ProxyHeader(byteCount: end, client: nil))
        }
        let family = bytes.octet(at: 13)
        // Nobody knows where values would begin behind addresses of no family.
        if family == 0 { return .complete(ProxyHeader(byteCount: end, client: nil)) }
        guard let addressesByteCount = addressesByteCount(of: family) else {
            return .refused(.malformed)
        }
        let values = fixedByteCount + addressesByteCount
        guard values <= end else { return .refused(.malformed) }
        if let fault = fault(ofValuesIn: header, from: values) { return .refused(fault) }
        return .complete(ProxyHeader(byteCount: end, client: client(header, family)))
    }

    /// What the addresses of a family take: two with their ports, or two paths of 108 bytes. nil for a byte that
    /// means nothing.
    private static func addressesByteCount(of family: UInt8) -> Int? {
        switch family {
        case 0x11, 0x12: 2 * 4 + 4
        case 0x21, 0x22: 2 * 16 + 4
        case 0x31, 0x32: 2 * 108
        default: nil
        }
    }

    /// The source address and its port. Datagrams and Unix sockets are nothing that this proxy could go by.
    private static func client(_ header: RawSpan, _ family: UInt8) -> SocketAddress? {
        switch family {
        case 0x11:
            SocketAddress(
                address: ClientAddress(ipv4: number32(header, at: fixedByteCount)),
                port: number16(header, at: fixedByteCount + 8))
        case 0x21:
            SocketAddress(
                address: ClientAddress(
                    high: number64(header, at: fixedByteCount),
                    low: number64(header, at: fixedByteCount + 8)),
                port: number16(header, at: fixedByteCount + 32))
        default: nil
        }
    }

    /// What is wrong with the values behind the addresses. Only a checksum is of interest.
    private static func fault(ofValuesIn header: RawSpan, from start: Int) -> ProxyHeaderFault? {
        var offset = start
        while offset < header.byteCount {
            guard offset + 3 <= header.byteCount else { return .malformed }
            let value = offset + 3
            let next = value + Int(number16(header, at: offset + 1))
            guard next <= header.byteCount else { return .malformed }
            if header.octet(at: offset) == checksumType {
                guard next - value == 4,
                    checksum(header, without: value) == number32(header, at: value)
                else { return .wrongChecksum }
            }
            offset = next
        }
        return nil
    }

    /// The CRC-32C of the header, the four bytes of the checksum itself taken for zeros.
    private static func checksum(_ header: RawSpan, without place: Int) -> UInt32 {
        // Seldom sent, so that an array does no harm.
        var copy = (0..<header.byteCount).map { header.octet(at: $0) }
        for index in place..<place + 4 { copy[index] = 0 }
        return CRC32C.checksum(of: copy)
    }

    private static func number16(_ bytes: RawSpan, at offset: Int) -> UInt16 {
        UInt16(bytes.octet(at: offset)) &<< 8 | UInt16(bytes.octet(at: offset + 1))
    }

    private static func number32(_ bytes: RawSpan, at offset: Int) -> UInt32 {
        UInt32(number16(bytes, at: offset)) &<< 16 | UInt32(number16(bytes, at: offset + 2))
    }

    private static func number64(_ bytes: RawSpan, at offset: Int) -> UInt64 {
        UInt64(number32(bytes, at: offset)) &<< 32 | UInt64(number32(bytes, at: offset + 4))
    }
}
