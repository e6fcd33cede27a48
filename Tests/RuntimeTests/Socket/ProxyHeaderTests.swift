import RouteTable
import Runtime
import Testing

private func parse(_ bytes: [UInt8]) -> ProxyHeader.Outcome {
    let span = bytes.span
    // SAFETY: the view is of bytes and is used while the array lives.
    return ProxyHeader.parse(unsafe span.bytes)
}

private func parse(_ text: String) -> ProxyHeader.Outcome { parse(Array(text.utf8)) }

private func client(_ outcome: ProxyHeader.Outcome) -> String? {
    guard case .complete(let header) = outcome else { return nil }
    return header.client.map { $0.description } ?? "none"
}

@Suite("PROXY protocol")
struct ProxyHeaderTests {
    private static let signature: [UInt8] = [13, 10, 13, 10, 0, 13, 10, 81, 85, 73, 84, 10]

    /// A version 2 header.
    private static func binary(
        _ versionAndCommand: UInt8, _ family: UInt8, _ rest: [UInt8]
    ) -> [UInt8] {
        signature + [versionAndCommand, family, UInt8(rest.count >> 8), UInt8(rest.count & 0xFF)]
            + rest
    }

    private static let ipv4: [UInt8] = [192, 0, 2, 1, 198, 51, 100, 1, 0xDC, 0x04, 0x01, 0xBB]
    private static let ipv6: [UInt8] =
        [0x20, 1, 0xD, 0xB8] + [UInt8](repeating: 0, count: 11) + [1]
        + [UInt8](repeating: 0, count: 15) + [1, 0xDC, 0x04, 0x01, 0xBB]

    @Test(
        "A line names the client",
        arguments: [
            ("PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n", "192.0.2.1:56324"),
            ("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", "255.255.255.255:65535"),
            ("PROXY TCP4 192.0.2.1 198.51.100.1 0 0\r\n", "192.0.2.1:0"),
            ("PROXY TCP6 2001:db8::1 ::1 56324 443\r\n", "[2001:db8::1]:56324"),
            ("PROXY TCP6 ::ffff:192.0.2.1 ::1 1 2\r\n", "192.0.2.1:1"),
            ("PROXY UNKNOWN\r\n", "none"),
            ("PROXY UNKNOWN anything at all\r\n", "none"),
            ("PROXY UNKNOWN ffff::1 ffff::2 65535 65535\r\n", "none"),
        ])
    func lines(line: String, expected: String) {
        #expect(client(parse(line)) == expected)
        guard case .complete(let header) = parse(line + "GET / HTTP/1.1\r\n") else {
            Issue.record("a request behind the header spoils it")
            return
        }
        #expect(header.byteCount == line.utf8.count)
        for count in 0..<line.utf8.count {
            #expect(parse(Array(line.utf8.prefix(count))) == .incomplete)
        }
    }

    @Test(
        "What is no line is refused",
        arguments: [
            ("GET / HTTP/1.1\r\n", ProxyHeaderFault.missing),
            ("proxy TCP4 1.2.3.4 1.2.3.4 1 2\r\n", .missing),
            ("POST / HTTP/1.1\r\n", .missing), ("\u{16}\u{3}\u{1}", .missing),
            (" PROXY UNKNOWN\r\n", .missing),
            ("PROXY\tTCP4 1.2.3.4 1.2.3.4 1 2\r\n", .missing), ("\r\n\r\nGET", .missing),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\n", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 1 2\r ", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 1\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n", .malformed),
            ("PROXY TCP4  1.2.3.4 1.2.3.4 1 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 1 2 \r\n", .malformed),
            ("PROXY TCP4 1.2.3 1.2.3.4 1 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4.5 1.2.3.4 1 2\r\n", .malformed),
            ("PROXY TCP4 256.2.3.4 1.2.3.4 1 2\r\n", .malformed),
            ("PROXY TCP4 01.2.3.4 1.2.3.4 1 2\r\n", .malformed),
            ("PROXY TCP4 ::1 ::1 1 2\r\n", .malformed),
            ("PROXY TCP4 ::ffff:1.2.3.4 1.2.3.4 1 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 ::1 1 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 ::ffff:1.2.3.4 1 2\r\n", .malformed),
            ("PROXY TCP6 1.2.3.4 5.6.7.8 1 2\r\n", .malformed),
            ("PROXY TCP6 ::1 5.6.7.8 1 2\r\n", .malformed),
            ("PROXY TCP6 1.2.3.4 ::1 1 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 x 1 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 65536 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 1 -2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 01 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 +1 2\r\n", .malformed),
            ("PROXY TCP4 1.2.3.4 1.2.3.4 1 000000002\r\n", .malformed),
            ("PROXY TCP6 ::g ::1 1 2\r\n", .malformed),
            ("PROXY TCP6 ::1%eth0 ::1 1 2\r\n", .malformed),
            ("PROXY TCP6 [::1] ::1 1 2\r\n", .malformed),
            ("PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n", .malformed), ("PROXY unknown\r\n", .malformed),
            ("PROXY \r\n", .malformed), ("PROXY UNKNOWNS\r\n", .malformed),
            ("PROXY UNKNOWN\u{0}\r\n", .malformed),
            ("PROXY UNKNOWN \u{1}\r\n", .malformed),
            ("PROXY UNKNOWN \(String(repeating: "a", count: 100))\r\n", .tooLong),
            ("PROXY \(String(repeating: "a", count: 200))", .tooLong),
        ])
    func noLines(line: String, fault: ProxyHeaderFault) {
        #expect(parse(line) == .refused(fault))
        // Read byte by byte it is refused too, and for the same.
        let first = (0...line.utf8.count).lazy.map { parse(Array(line.utf8.prefix($0))) }
            .first { $0 != .incomplete }
        #expect(first == .refused(fault))
    }

    @Test("Addresses in binary name the client, whatever follows them")
    func addresses() {
        #expect(client(parse(Self.binary(0x21, 0x11, Self.ipv4))) == "192.0.2.1:56324")
        #expect(client(parse(Self.binary(0x21, 0x21, Self.ipv6))) == "[2001:db8::1]:56324")
        let values: [UInt8] = [0x01, 0, 2, 0x68, 0x32, 0x20, 0, 0, 0xEE, 0, 1, 9]
        let header = Self.binary(0x21, 0x11, Self.ipv4 + values)
        #expect(client(parse(header)) == "192.0.2.1:56324")
        #expect(parse(header + [71]) == parse(header))
        for count in 0..<header.count { #expect(parse(Array(header.prefix(count))) == .incomplete) }
    }

    @Test("Who speaks for itself, or does not know the client, names none")
    func noClient() {
        #expect(client(parse(Self.binary(0x20, 0x00, []))) == "none")
        #expect(client(parse(Self.binary(0x20, 0x11, [1, 2, 3]))) == "none")
        #expect(client(parse(Self.binary(0x20, 0xFF, [1, 2, 3]))) == "none")
        for count in [0, 3, 12] {
            let rest = [UInt8](repeating: 1, count: count)
            #expect(client(parse(Self.binary(0x21, 0x00, rest))) == "none")
        }
        for (family, count) in Self.otherFamilies {
            let addresses = [UInt8](repeating: 1, count: count)
            #expect(client(parse(Self.binary(0x21, family, addresses))) == "none")
            #expect(client(parse(Self.binary(0x21, family, addresses + [4, 0, 1, 9]))) == "none")
        }
    }

    /// Families that name no client here, and the bytes that their addresses take.
    private static let otherFamilies: [(UInt8, Int)] = [
        (0x12, 12), (0x22, 36), (0x31, 216), (0x32, 216),
    ]

    @Test("Addresses shorter than their family's, and values that go beyond the end, are refused")
    func shortAddresses() {
        for (family, count) in [(0x11, 12), (0x21, 36)] + Self.otherFamilies {
            for present in [0, 2, count - 1] {
                let short = Self.binary(0x21, family, [UInt8](repeating: 1, count: present))
                #expect(parse(short) == .refused(.malformed), "\(family): \(present)")
            }
            let addresses = [UInt8](repeating: 1, count: count)
            for values: [UInt8] in [[4], [4, 0], [4, 0, 1], [4, 0, 0, 4, 0, 2, 1]] {
                let header = Self.binary(0x21, family, addresses + values)
                #expect(parse(header) == .refused(.malformed), "\(family): \(values)")
            }
            let wrong = Self.binary(0x21, family, addresses + [3, 0, 4, 0, 0, 0, 0])
            #expect(parse(wrong) == .refused(.wrongChecksum), "\(family)")
        }
    }

    @Test("What is no binary header is refused")
    func noBinary() {
        var broken = Self.binary(0x21, 0x11, Self.ipv4)
        broken[11] = 13
        #expect(parse(broken) == .refused(.missing))
        #expect(parse(Self.binary(0x11, 0x11, Self.ipv4)) == .refused(.unknownVersion))
        #expect(parse(Self.binary(0x31, 0x11, Self.ipv4)) == .refused(.unknownVersion))
        #expect(parse(Self.binary(0x22, 0x11, Self.ipv4)) == .refused(.unknownCommand))
        for family: UInt8 in [0x01, 0x10, 0x13, 0x20, 0x33, 0x41, 0xFF] {
            #expect(parse(Self.binary(0x21, family, Self.ipv4)) == .refused(.malformed))
        }
        #expect(parse(Self.binary(0x21, 0x11, Array(Self.ipv4.dropLast()))) == .refused(.malformed))
        #expect(parse(Self.binary(0x21, 0x21, Self.ipv4)) == .refused(.malformed))
        #expect(parse(Self.binary(0x21, 0x11, Self.ipv4 + [1])) == .refused(.malformed))
        #expect(parse(Self.binary(0x21, 0x11, Self.ipv4 + [1, 0, 9, 1])) == .refused(.malformed))
        #expect(
            parse(Self.signature + [0x21, 0x11, 0xFF, 0xFF] + Self.ipv4) == .refused(.tooLong))
    }

    /// The checksum was computed apart: CRC-32C of the header with zeros in its place.
    @Test("A checksum that is there must be right")
    func checksum() {
        let header = Self.binary(0x21, 0x11, Self.ipv4 + [3, 0, 4, 0, 0, 0, 0])
        #expect(parse(header) == .refused(.wrongChecksum))
        #expect(
            parse(Self.binary(0x21, 0x11, Self.ipv4 + [3, 0, 3, 0, 0, 0]))
                == .refused(.wrongChecksum))
        var right = header
        var state = UInt32.max
        for byte in header {
            state ^= UInt32(byte)
            for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0x82F6_3B78 : state >> 1 }
        }
        let sum = ~state
        for index in 0..<4 {
            right[header.count - 4 + index] = UInt8(sum >> (24 - 8 * UInt32(index)) & 0xFF)
        }
        #expect(client(parse(right)) == "192.0.2.1:56324")
        right[16] ^= 1
        #expect(parse(right) == .refused(.wrongChecksum))
    }

    @Test("Every fault has a reason of its own")
    func reasons() {
        #expect(
            Set(ProxyHeaderFault.allCases.map { "\($0.reason)" }).count
                == ProxyHeaderFault.allCases.count)
    }
}
