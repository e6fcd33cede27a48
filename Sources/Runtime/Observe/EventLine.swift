/// The bytes of one event line.
enum EventLine {
    static func bytes(
        _ level: LogLevel, _ event: StaticString, _ fields: [EventField], format: LogFormat
    ) -> [UInt8] {
        var writer = ByteWriter(capacity: capacity(for: fields))
        writer.beginLine(LogTime.now(), level, event, format)
        for field in fields {
            switch field.value {
            case .text(let text):
                // SAFETY: bytes are plain data; the array outlives the span.
                let bytes = Array(text.utf8)
                unsafe writer.appendField(field.name, bytes.span.bytes, format)
            case .word(let word):
                writer.appendField(field.name, word, format)
            case .number(let number):
                writer.beginField(field.name, format)
                if number < 0 { writer.append(byte: UInt8(ascii: "-")) }
                writer.append(decimal: UInt64(number.magnitude))
            }
        }
        writer.endLine(format)
        // SAFETY: the bytes are copied before the span ends.
        return unsafe writer.written.withUnsafeBytes { unsafe Array($0) }
    }

    /// An escaped byte takes at most six.
    private static func capacity(for fields: [EventField]) -> Int {
        var result = 256
        for field in fields {
            result += field.name.utf8CodeUnitCount + 64
            switch field.value {
            case .text(let text): result += 6 * text.utf8.count
            case .word(let word): result += 6 * word.utf8CodeUnitCount
            case .number: break
            }
        }
        return result
    }
}
