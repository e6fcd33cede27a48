package import RouteTable

/// Reads the value of a `Forwarded` field by its grammar (RFC 7239, 4 and 6).
///
/// An element of one's own is put behind it, and whoever reads the list must find it there: an open quote would
/// swallow it. What one reader takes for an address and another one for nothing is not passed on either.
package struct ForwardedElements: ~Escapable {
    private let bytes: RawSpan
    private let end: Int
    private var offset: Int

    @_lifetime(copy bytes)
    private init(_ value: ByteRange, in bytes: RawSpan) {
        self.bytes = bytes
        end = value.limit
        offset = value.first
    }

    /// Whether all of the value is a list of elements, of which some may be empty.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    package static func areValid(_ value: ByteRange, in bytes: RawSpan) -> Bool {
        var elements = ForwardedElements(value, in: bytes)
        return elements.readAll()
    }

    /// Blanks may stand around commas, and around semicolons, where many write them and nobody misreads them.
    private mutating func readAll() -> Bool {
        var seen: UInt8 = 0
        while true {
            skipBlanks()
            if offset < end, !isSeparator(bytes.octet(at: offset)) {
                guard readPair(&seen) else { return false }
                skipBlanks()
            }
            guard offset < end else { return true }
            let separator = bytes.octet(at: offset)
            guard isSeparator(separator) else { return false }
            if separator == UInt8(ascii: ",") { seen = 0 }
            offset += 1
        }
    }

    private func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";")
    }

    private mutating func skipBlanks() {
        while offset < end, OctetClass.isBlank(bytes.octet(at: offset)) { offset += 1 }
    }

    /// Reads `name=value`.
    ///
    /// - Parameter seen: The parameters that this element has named, as bits: each may stand there once.
    private mutating func readPair(_ seen: inout UInt8) -> Bool {
        let name = readToken()
        guard !name.isEmpty, offset < end, bytes.octet(at: offset) == UInt8(ascii: "=") else {
            return false
        }
        offset += 1
        guard let value = readValue() else { return false }
        let parameter = Parameter(name, in: bytes)
        guard seen & parameter.bit == 0 else { return false }
        seen |= parameter.bit
        return parameter.allows(value, in: bytes)
    }

    private mutating func readToken() -> ByteRange {
        let first = offset
        while offset < end, OctetClass.isToken(bytes.octet(at: offset)) { offset += 1 }
        return ByteRange(from: first, to: offset)
    }

    /// A token, or what stands between quotes.
    private mutating func readValue() -> ByteRange? {
        guard offset < end, bytes.octet(at: offset) == UInt8(ascii: "\"") else {
            let token = readToken()
            return token.isEmpty ? nil : token
        }
        offset += 1
        let first = offset
        while offset < end {
            let byte = bytes.octet(at: offset)
            if byte == UInt8(ascii: "\"") {
                defer { offset += 1 }
                return ByteRange(from: first, to: offset)
            }
            // The parser of heads has let no control byte in but tabs.
            offset += byte == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }
}

extension ForwardedElements {
    /// What the name of a pair stands for.
    private enum Parameter: UInt8 {
        case other, `for`, by, host, proto

        init(_ name: ByteRange, in bytes: RawSpan) {
            self =
                if bytes.equalsIgnoringCase(name, "for") {
                    .for
                } else if bytes.equalsIgnoringCase(name, "by") {
                    .by
                } else if bytes.equalsIgnoringCase(name, "host") {
                    .host
                } else if bytes.equalsIgnoringCase(name, "proto") {
                    .proto
                } else {
                    .other
                }
        }

        var bit: UInt8 { self == .other ? 0 : 1 &<< rawValue }

        /// Whether the value, without its quotes, is one of this parameter. None of the four needs an escape, and
        /// who does not undo one would read something else.
        func allows(_ value: ByteRange, in bytes: RawSpan) -> Bool {
            switch self {
            case .other: true
            case .for, .by: ForwardedElements.isNode(value, in: bytes)
            case .host: Authority.isValid(value, in: bytes)
            case .proto: ForwardedElements.isScheme(value, in: bytes)
            }
        }
    }

    /// `192.0.2.1`, `[2001:db8::1]`, `unknown` or `_hidden`, each with or without a port (RFC 7239, 6).
    private static func isNode(_ node: ByteRange, in bytes: RawSpan) -> Bool {
        guard !node.isEmpty else { return false }
        var nameEnd = node.first
        if bytes.octet(at: nameEnd) == UInt8(ascii: "[") {
            while nameEnd < node.limit, bytes.octet(at: nameEnd) != UInt8(ascii: "]") {
                nameEnd += 1
            }
            let name = ByteRange(from: node.first + 1, to: nameEnd)
            guard nameEnd < node.limit,
                name.offsets.contains(where: { bytes.octet(at: $0) == UInt8(ascii: ":") }),
                ClientAddress(literal: bytes.octets(name)) != nil
            else { return false }
            nameEnd += 1
        } else {
            while nameEnd < node.limit, bytes.octet(at: nameEnd) != UInt8(ascii: ":") {
                nameEnd += 1
            }
            let name = ByteRange(from: node.first, to: nameEnd)
            guard
                isHidden(name, in: bytes) || bytes.equalsIgnoringCase(name, "unknown")
                    || ClientAddress(literal: bytes.octets(name)) != nil
            else { return false }
        }
        return nameEnd == node.limit
            || isPort(ByteRange(from: nameEnd, to: node.limit), in: bytes)
    }

    /// A colon, and up to five digits or a hidden name.
    private static func isPort(_ port: ByteRange, in bytes: RawSpan) -> Bool {
        guard bytes.octet(at: port.first) == UInt8(ascii: ":") else { return false }
        let text = ByteRange(from: port.first + 1, to: port.limit)
        if isHidden(text, in: bytes) { return true }
        return (1...5).contains(text.count)
            && text.offsets.allSatisfy { OctetClass.isDigit(bytes.octet(at: $0)) }
    }

    /// `_`, and at least one letter, digit or one of `._-`.
    private static func isHidden(_ name: ByteRange, in bytes: RawSpan) -> Bool {
        guard name.count > 1, bytes.octet(at: name.first) == UInt8(ascii: "_") else { return false }
        return name.offsets.allSatisfy { offset in
            let byte = bytes.octet(at: offset)
            return isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: "-")
        }
    }

    /// RFC 3986, 3.1.
    private static func isScheme(_ text: ByteRange, in bytes: RawSpan) -> Bool {
        guard !text.isEmpty, !OctetClass.isDigit(bytes.octet(at: text.first)) else { return false }
        return text.offsets.allSatisfy { offset in
            let byte = bytes.octet(at: offset)
            guard offset > text.first else { return isAlphanumeric(byte) }
            return isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: ".")
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        OctetClass.isDigit(byte) || OctetClass.lowercased(byte) &- 0x61 < 26
    }
}
