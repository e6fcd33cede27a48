import RouteTable

/// Version 1: one line of text, `PROXY TCP4 192.0.2.1 198.51.100.1 56324 443` and CR LF.
extension ProxyHeader {
    /// The longest line that the protocol allows, with its end.
    private static let lineByteCountMax = 107

    static func parseText(_ bytes: RawSpan) -> Outcome {
        if let outcome = begins(bytes, with: "PROXY ") { return outcome }
        var end = 6
        while end < bytes.byteCount, isVisible(bytes.octet(at: end)) { end += 1 }
        guard end + 2 <= lineByteCountMax else { return .refused(.tooLong) }
        guard end < bytes.byteCount else { return .incomplete }
        guard bytes.octet(at: end) == OctetClass.carriageReturn else { return .refused(.malformed) }
        guard end + 1 < bytes.byteCount else { return .incomplete }
        guard bytes.octet(at: end + 1) == OctetClass.lineFeed else { return .refused(.malformed) }
        return parseLine(bytes, ByteRange(from: 6, to: end))
    }

    private static func isVisible(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }

    /// Reads what stands between `PROXY ` and the end of the line.
    private static func parseLine(_ bytes: RawSpan, _ line: ByteRange) -> Outcome {
        let byteCount = line.limit + 2
        var words = line
        let family = nextWord(&words, in: bytes)
        // What follows is of no use, says the protocol, and may be anything.
        if bytes.octets(family).isEqual(to: "UNKNOWN") {
            return .complete(ProxyHeader(byteCount: byteCount, client: nil))
        }
        let wantsIPv4 = bytes.octets(family).isEqual(to: "TCP4")
        guard wantsIPv4 || bytes.octets(family).isEqual(to: "TCP6") else {
            return .refused(.malformed)
        }
        let source = address(nextWord(&words, in: bytes), isIPv4: wantsIPv4, in: bytes)
        let destination = address(nextWord(&words, in: bytes), isIPv4: wantsIPv4, in: bytes)
        let sourcePort = port(nextWord(&words, in: bytes), in: bytes)
        // The last word ends with the line.
        guard let source, destination != nil, let sourcePort, port(words, in: bytes) != nil else {
            return .refused(.malformed)
        }
        return .complete(
            ProxyHeader(
                byteCount: byteCount, client: SocketAddress(address: source, port: sourcePort)))
    }

    /// Takes a word and the one space behind it. Two spaces leave an empty word, which is none.
    private static func nextWord(_ words: inout ByteRange, in bytes: RawSpan) -> ByteRange {
        var end = words.first
        while end < words.limit, bytes.octet(at: end) != OctetClass.space { end += 1 }
        let word = ByteRange(from: words.first, to: end)
        words = ByteRange(from: min(end + 1, words.limit), to: words.limit)
        return word
    }

    /// An address in the form of the family that the line names. `::ffff:192.0.2.1` is one of IPv6.
    private static func address(
        _ word: ByteRange, isIPv4: Bool, in bytes: RawSpan
    ) -> ClientAddress? {
        let hasColon = word.offsets.contains { bytes.octet(at: $0) == 0x3A }
        return hasColon == isIPv4 ? nil : ClientAddress(literal: bytes.octets(word))
    }

    private static func port(_ word: ByteRange, in bytes: RawSpan) -> UInt16? {
        guard !word.isEmpty, word.count <= 5 else { return nil }
        if word.count > 1, bytes.octet(at: word.first) == 0x30 { return nil }
        var number = 0
        for offset in word.offsets {
            let byte = bytes.octet(at: offset)
            guard OctetClass.isDigit(byte) else { return nil }
            number = number * 10 + Int(byte &- 0x30)
        }
        return UInt16(exactly: number)
    }
}
