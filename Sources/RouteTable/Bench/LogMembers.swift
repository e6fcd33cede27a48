/// Names and values of a line of the access log.
enum LogMembers {
    /// `key=value` pairs, with quoted values as wsproxy writes them; `-` is no value.
    ///
    /// - Returns: nil if a quote is not closed.
    static func ofText(_ line: [UInt8]) -> [String: ArraySlice<UInt8>]? {
        var members: [String: ArraySlice<UInt8>] = [:]
        var index = 0
        while index < line.count {
            let end = line[index...].firstIndex { $0 == 0x20 || $0 == UInt8(ascii: "=") }
            guard let end, line[end] == UInt8(ascii: "=") else {
                index = (end ?? line.count) + 1
                continue
            }
            let name = String(decoding: line[index..<end], as: UTF8.self)
            index = end + 1
            if index < line.count, line[index] == UInt8(ascii: "\"") {
                guard let value = quoted(line, &index) else { return nil }
                members[name] = value
            } else {
                let valueEnd = line[index...].firstIndex { $0 <= 0x20 } ?? line.count
                let value = line[index..<valueEnd]
                members[name] = value.elementsEqual("-".utf8) ? [] : value
                index = valueEnd
            }
            index += 1
        }
        return members
    }

    /// A JSON object whose members are no objects and no arrays; null is no value.
    ///
    /// - Returns: nil if it is none.
    static func ofJSON(_ line: [UInt8]) -> [String: ArraySlice<UInt8>]? {
        var members: [String: ArraySlice<UInt8>] = [:]
        var index = 0
        func skipSpace() {
            while index < line.count, line[index] <= 0x20 { index += 1 }
        }
        func skip(_ byte: UInt8) -> Bool {
            skipSpace()
            guard index < line.count, line[index] == byte else { return false }
            index += 1
            return true
        }
        guard skip(UInt8(ascii: "{")) else { return nil }
        while true {
            skipSpace()
            guard let name = quoted(line, &index), skip(UInt8(ascii: ":")) else { return nil }
            skipSpace()
            guard index < line.count else { return nil }
            var value: ArraySlice<UInt8> = []
            if line[index] == UInt8(ascii: "\"") {
                guard let text = quoted(line, &index) else { return nil }
                value = text
            } else {
                let isEnd = { (byte: UInt8) in byte == 0x2C || byte == 0x7D || byte <= 0x20 }
                guard let end = line[index...].firstIndex(where: isEnd), end > index else {
                    return nil
                }
                value = line[index..<end]
                if value.elementsEqual("null".utf8) { value = [] }
                index = end
            }
            members[String(decoding: name, as: UTF8.self)] = value
            if skip(UInt8(ascii: "}")) { return members }
            guard skip(UInt8(ascii: ",")) else { return nil }
        }
    }

    /// Reads a string in quotes and goes behind it.
    private static func quoted(_ line: [UInt8], _ index: inout Int) -> ArraySlice<UInt8>? {
        guard index < line.count, line[index] == UInt8(ascii: "\"") else { return nil }
        var value: [UInt8] = []
        index += 1
        while index < line.count {
            let byte = line[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return value[...] }
            guard byte == UInt8(ascii: "\\") else {
                value.append(byte)
                continue
            }
            guard index < line.count, escape(line, &index, &value) else { return nil }
        }
        return nil
    }

    private static func escape(
        _ line: [UInt8], _ index: inout Int, _ value: inout [UInt8]
    ) -> Bool {
        let letter = line[index]
        index += 1
        switch letter {
        case UInt8(ascii: "n"): value.append(0x0A)
        case UInt8(ascii: "r"): value.append(0x0D)
        case UInt8(ascii: "t"): value.append(0x09)
        case UInt8(ascii: "x"), UInt8(ascii: "u"):
            let digitCount = letter == UInt8(ascii: "x") ? 2 : 4
            let end = min(index + digitCount, line.count)
            let digits = String(decoding: line[index..<end], as: UTF8.self)
            guard end - index == digitCount, let number = UInt32(digits, radix: 16) else {
                return false
            }
            // Half of a pair stands for a character that no path has: paths are logged in ASCII.
            let scalar = Unicode.Scalar(number) ?? "\u{FFFD}"
            // `\x` stands for one byte, whatever it is.
            if letter == UInt8(ascii: "x") {
                value.append(UInt8(number))
            } else {
                value += Array(String(Character(scalar)).utf8)
            }
            index = end
        default: value.append(letter)
        }
        return true
    }
}
