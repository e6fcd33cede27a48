internal import RouteTable

/// Lines of both formats, written field by field: `time level event key=value …`, or one JSON
/// object.
extension ByteWriter {
    mutating func beginLine(
        _ time: borrowing LogTime, _ level: LogLevel, _ event: StaticString, _ format: LogFormat
    ) {
        switch format {
        case .text:
            append(time.bytes)
            append(byte: UInt8(ascii: " "))
            append(level.name)
            append(byte: UInt8(ascii: " "))
            append(event)
        case .json:
            append("{\"time\":\"")
            append(time.bytes)
            append("\",\"level\":\"")
            append(level.name)
            append("\",\"event\":\"")
            append(event)
            append(byte: UInt8(ascii: "\""))
        }
    }

    mutating func endLine(_ format: LogFormat) {
        if format == .json { append(byte: UInt8(ascii: "}")) }
        append(byte: UInt8(ascii: "\n"))
    }

    /// - Parameter byteCountMax: What is longer is cut, and ends with three dots.
    @inline(always)
    mutating func appendField(
        _ name: StaticString, _ value: RawSpan, byteCountMax: Int = .max, _ format: LogFormat
    ) {
        beginField(name, format)
        appendValue(value, byteCountMax: byteCountMax, format)
    }

    /// A word that is known to need no quotes and no escapes: letters, digits and a few marks.
    @inline(always)
    mutating func appendPlainField(_ name: StaticString, _ word: RawSpan, _ format: LogFormat) {
        beginField(name, format)
        guard !word.isEmpty else { return appendNone(format) }
        if format == .json { append(byte: UInt8(ascii: "\"")) }
        append(word)
        if format == .json { append(byte: UInt8(ascii: "\"")) }
    }

    /// The value of a field that was begun, cut as in ``appendField(_:_:byteCountMax:_:)-(_,RawSpan,_,_)``.
    mutating func appendValue(_ value: RawSpan, byteCountMax: Int, _ format: LogFormat) {
        guard value.byteCount > byteCountMax else { return appendValue(value, format) }
        appendValue(value.extracting(0..<byteCountMax), format)
        let isQuoted = written.octet(at: count - 1) == UInt8(ascii: "\"")
        if isQuoted { truncate(to: count - 1) }
        append("...")
        if isQuoted { append(byte: UInt8(ascii: "\"")) }
    }

    mutating func appendField(_ name: StaticString, _ word: StaticString, _ format: LogFormat) {
        beginField(name, format)
        guard word.utf8CodeUnitCount > 1 else {
            // One character has no address: `-` or nothing, both of which mean that there is none.
            return appendNone(format)
        }
        appendValue(word.octets, format)
    }

    @inline(always)
    mutating func appendField(_ name: StaticString, _ number: UInt64?, _ format: LogFormat) {
        beginField(name, format)
        guard let number else { return appendNone(format) }
        append(decimal: number)
    }

    /// An address; without its port if that is 0.
    @inline(always)
    mutating func appendField(_ name: StaticString, _ address: SocketAddress?, _ format: LogFormat)
    {
        beginField(name, format)
        guard let address else { return appendNone(format) }
        if format == .json { append(byte: UInt8(ascii: "\"")) }
        append(address, includingPort: address.port != 0)
        if format == .json { append(byte: UInt8(ascii: "\"")) }
    }

    /// Begins a field whose value the caller writes.
    @inline(always)
    mutating func beginField(_ name: StaticString, _ format: LogFormat) {
        switch format {
        case .text:
            append(byte: UInt8(ascii: " "))
            append(name)
            append(byte: UInt8(ascii: "="))
        case .json:
            append(",\"")
            append(name)
            append("\":")
        }
    }

    mutating func appendNone(_ format: LogFormat) {
        switch format {
        case .text: append(byte: UInt8(ascii: "-"))
        case .json: append("null")
        }
    }

    private mutating func appendValue(_ value: RawSpan, _ format: LogFormat) {
        switch format {
        case .text: append(textValue: value)
        case .json where value.byteCount == 0: append("null")
        case .json: append(jsonString: value)
        }
    }

    /// Appends `10.0.0.1:80`, `[::1]:80`, or without the port `10.0.0.1`, `::1`.
    package mutating func append(_ address: SocketAddress, includingPort: Bool = true) {
        if address.isIPv4, capacity - count >= 32 {
            return append(ipv4: address, includingPort: includingPort)
        }
        let text = address.text(includingPort: includingPort)
        append(text.bytes)
    }

    /// Four numbers, each with the byte behind it in one go.
    private mutating func append(ipv4 address: SocketAddress, includingPort: Bool) {
        let bits = address.address.low
        append(octet: bits &>> 24 & 0xFF, then: UInt8(ascii: "."))
        append(octet: bits &>> 16 & 0xFF, then: UInt8(ascii: "."))
        append(octet: bits &>> 8 & 0xFF, then: UInt8(ascii: "."))
        append(octet: bits & 0xFF, then: UInt8(ascii: ":"))
        guard includingPort else { return truncate(to: count - 1) }
        append(decimal: UInt64(address.port))
    }

    /// Appends a number below 256, and a byte. Takes room for eight.
    @inline(always)
    private mutating func append(octet number: UInt64, then byte: UInt8) {
        let hundreds = (number &* 41) &>> 12
        let pair = number &- hundreds &* 100
        let tens = (pair &* 103) &>> 10
        let digits = hundreds | tens &<< 8 | (pair &- tens &* 10) &<< 16 | 0x303030
        let zeroCount: UInt64 = number >= 100 ? 0 : number >= 10 ? 1 : 2
        append(
            lowest: 4 &- Int(zeroCount),
            of: (digits | UInt64(byte) &<< 24) &>> (8 &* zeroCount))
    }
}
