internal import CBytes

extension ByteWriter {
    /// Appends `bytes` as a JSON string with its quotes (RFC 8259, 7). What is not UTF-8 becomes
    /// U+FFFD, one for each byte.
    package mutating func append(jsonString bytes: RawSpan) {
        append(byte: UInt8(ascii: "\""))
        var offset = 0
        var plainStart = 0
        while offset < bytes.byteCount {
            let byte = bytes.octet(at: offset)
            let isPlain =
                byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"")
                && byte != UInt8(ascii: "\\")
            let plainCount = isPlain ? 1 : byte < 0x80 ? 0 : bytes.scalarByteCount(at: offset)
            if plainCount > 0 {
                offset += plainCount
                continue
            }
            append(bytes.extracting(plainStart..<offset))
            appendJSONEscape(of: byte)
            offset += 1
            plainStart = offset
        }
        append(bytes.extracting(plainStart..<offset))
        append(byte: UInt8(ascii: "\""))
    }

    private mutating func appendJSONEscape(of byte: UInt8) {
        if appendNamedEscape(of: byte) { return }
        switch byte {
        case 0x80...: append("\\ufffd")
        default:
            append("\\u00")
            append(hexadecimalByte: byte)
        }
    }

    /// Appends `bytes` as the value of a `key=value` pair: as they are if they are one plain word,
    /// else in quotes with controls, quotes and what is not UTF-8 escaped. Nothing is written as
    /// `-`.
    package mutating func append(textValue bytes: RawSpan) {
        guard bytes.byteCount > 0 else { return append(byte: UInt8(ascii: "-")) }
        guard !bytes.isPlainWord else { return append(bytes) }
        append(byte: UInt8(ascii: "\""))
        var offset = 0
        var plainStart = 0
        while offset < bytes.byteCount {
            let plainCount = bytes.printableByteCount(at: offset)
            if plainCount > 0 {
                offset += plainCount
                continue
            }
            append(bytes.extracting(plainStart..<offset))
            appendTextEscape(of: bytes.octet(at: offset))
            offset += 1
            plainStart = offset
        }
        append(bytes.extracting(plainStart..<offset))
        append(byte: UInt8(ascii: "\""))
    }

    private mutating func appendTextEscape(of byte: UInt8) {
        if appendNamedEscape(of: byte) { return }
        append("\\x")
        append(hexadecimalByte: byte)
    }

    /// Appends the escapes that both forms have in common.
    ///
    /// - Returns: Whether `byte` has one.
    private mutating func appendNamedEscape(of byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        default: return false
        }
        return true
    }

    private mutating func append(hexadecimalByte byte: UInt8) {
        for shift in stride(from: UInt8(4), through: 0, by: -4) {
            let digit = byte &>> shift & 0x0F
            append(byte: digit < 10 ? 0x30 &+ digit : 0x57 &+ digit)
        }
    }
}

extension RawSpan {
    /// Whether the bytes need no quotes in a line of `key=value` pairs, and are not `-` alone.
    @inline(always)
    fileprivate var isPlainWord: Bool {
        let count = byteCount
        if count >= 16 {
            // SAFETY: the function stays in front of the end that it is given.
            return unsafe withUnsafeBytes { buffer in
                guard let base = buffer.baseAddress else { return false }
                return unsafe cbytes_is_plain_text(
                    base.assumingMemoryBound(to: UInt8.self), buffer.count)
            }
        }
        // The last bytes may overlap those that were looked at.
        if count >= 8 {
            return OctetScan.isPlain(word(at: 0)) && OctetScan.isPlain(word(at: count - 8))
        }
        if count >= 4 {
            return OctetScan.isPlain(
                UInt64(halfWord(at: 0)) | UInt64(halfWord(at: count - 4)) &<< 32)
        }
        for offset in 0..<count {
            let byte = octet(at: offset)
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\")
            else { return false }
        }
        return count != 1 || octet(at: 0) != UInt8(ascii: "-")
    }

    /// The four bytes from `offset`, the first one in the lowest bits.
    @inline(always)
    private func halfWord(at offset: Int) -> UInt32 {
        // SAFETY: every bit pattern is a valid integer, and the load checks its bounds.
        UInt32(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// Bytes of the scalar at `offset` if it may stand between quotes in a text log; 0 if it must
    /// be escaped. Controls could drive the terminal of whoever reads the log (C1 too: U+0080 to
    /// U+009F).
    fileprivate func printableByteCount(at offset: Int) -> Int {
        let byte = octet(at: offset)
        if byte < 0x80 {
            let mustEscape =
                byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"")
                || byte == UInt8(ascii: "\\")
            return mustEscape ? 0 : 1
        }
        let scalarCount = scalarByteCount(at: offset)
        guard scalarCount == 2, byte == 0xC2 else { return scalarCount }
        return octet(at: offset + 1) < 0xA0 ? 0 : 2
    }

    /// Length of the UTF-8 sequence of a scalar above U+007F at `offset`; 0 if it is not well
    /// formed (Unicode 15, table 3-7).
    fileprivate func scalarByteCount(at offset: Int) -> Int {
        let first = octet(at: offset)
        let count: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: count = 2
        case 0xE0...0xEF:
            count = 3
            if first == 0xE0 { second = 0xA0...0xBF }
            if first == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            count = 4
            if first == 0xF0 { second = 0x90...0xBF }
            if first == 0xF4 { second = 0x80...0x8F }
        default: return 0
        }
        guard offset + count <= byteCount, second.contains(octet(at: offset + 1)) else { return 0 }
        for index in 2..<max(count, 2) where octet(at: offset + index) & 0xC0 != 0x80 { return 0 }
        return count
    }
}
