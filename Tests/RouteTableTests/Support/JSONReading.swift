import JSON
import RouteTable

/// Reads JSON and writes it again, members in their order.
struct JSONReading {
    private let text: [UInt8]
    private var index = 0

    struct Malformed: Error { let offset: Int }

    init(text: [UInt8]) { self.text = text }

    mutating func rewritten() throws -> String {
        var json = JSONText()
        try value(into: &json)
        guard index == text.count else { throw Malformed(offset: index) }
        return json.text
    }

    private mutating func value(into json: inout JSONText) throws {
        switch try next() {
        case UInt8(ascii: "{"): try members(into: &json)
        case UInt8(ascii: "["): try elements(into: &json)
        case UInt8(ascii: "\""): json.string(try string())
        case UInt8(ascii: "t"):
            try skip("rue")
            json.boolean(true)
        case UInt8(ascii: "f"):
            try skip("alse")
            json.boolean(false)
        case UInt8(ascii: "n"):
            try skip("ull")
            json.null()
        default: try number(into: &json)
        }
    }

    private mutating func members(into json: inout JSONText) throws {
        json.open("{")
        if peek() == UInt8(ascii: "}") {
            index += 1
        } else {
            repeat {
                try skip("\"")
                json.key(try string())
                try skip(":")
                try value(into: &json)
            } while try more(until: "}")
        }
        json.close("}")
    }

    private mutating func elements(into json: inout JSONText) throws {
        json.open("[")
        if peek() == UInt8(ascii: "]") {
            index += 1
        } else {
            repeat { try value(into: &json) } while try more(until: "]")
        }
        json.close("]")
    }

    private mutating func more(until end: Unicode.Scalar) throws -> Bool {
        let byte = try next()
        if byte == UInt8(ascii: end) { return false }
        guard byte == UInt8(ascii: ",") else { throw Malformed(offset: index - 1) }
        return true
    }

    /// The rest of a string whose quote was read.
    private mutating func string() throws -> String {
        var bytes: [UInt8] = []
        while true {
            let byte = try next()
            if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
            guard byte == UInt8(ascii: "\\") else {
                bytes.append(byte)
                continue
            }
            switch try next() {
            case UInt8(ascii: "n"): bytes.append(10)
            case UInt8(ascii: "r"): bytes.append(13)
            case UInt8(ascii: "t"): bytes.append(9)
            case UInt8(ascii: "u"):
                guard index + 4 <= text.count,
                    let code = UInt8(
                        String(decoding: text[index..<(index + 4)], as: UTF8.self), radix: 16)
                else { throw Malformed(offset: index) }
                bytes.append(code)
                index += 4
            case let escaped: bytes.append(escaped)
            }
        }
    }

    /// A number whose first digit was read.
    private mutating func number(into json: inout JSONText) throws {
        let start = index - 1
        while let byte = peek(), (0x30...0x39).contains(byte) { index += 1 }
        guard let value = UInt64(String(decoding: text[start..<index], as: UTF8.self)) else {
            throw Malformed(offset: start)
        }
        json.number(value)
    }

    private func peek() -> UInt8? { index < text.count ? text[index] : nil }

    private mutating func next() throws -> UInt8 {
        guard let byte = peek() else { throw Malformed(offset: index) }
        index += 1
        return byte
    }

    private mutating func skip(_ expected: String) throws {
        for byte in expected.utf8 where try next() != byte { throw Malformed(offset: index) }
    }
}
