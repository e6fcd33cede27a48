/// Reads the value of a header with placeholders.
///
/// A brace that does not begin a placeholder stands for itself, because values such as JSON are full of
/// them; `{{` stands for one brace where the text would be a placeholder.
enum ValueTemplateText {
    static func parse(_ text: String) -> ValueTemplate {
        let bytes = Array(text.utf8)
        var pieces: [ValueTemplate.Piece] = []
        var literal: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "{") else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") {
                literal.append(bytes[index])
                index += 2
                continue
            }
            let rest = bytes[(index + 1)...]
            let end = rest.firstIndex { !isNameByte($0) } ?? bytes.endIndex
            guard end > index + 1, end < bytes.endIndex, bytes[end] == UInt8(ascii: "}") else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            if !literal.isEmpty {
                pieces.append(.literal(String(decoding: literal, as: UTF8.self)))
            }
            literal = []
            pieces.append(
                .placeholder(String(decoding: bytes[(index + 1)..<end], as: UTF8.self)))
            index = end + 1
        }
        if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
        return ValueTemplate(pieces: pieces)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "_.-".utf8.contains(byte)
        }
    }
}
