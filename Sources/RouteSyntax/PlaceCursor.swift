import Diagnostics

/// Finds the places of characters. Quick where each is close behind the one before, as libyaml's events are.
struct PlaceCursor {
    private let source: SourceText
    private let characters: CharacterIndex
    /// The place that was found last, and the character there.
    private var last: SourcePosition
    private var lastCharacter = 0

    /// A stretch longer than this is not walked, but looked up.
    private static let walkedCountMax = 256

    /// - Parameter start: Where the first counted character begins; behind a byte order mark.
    init(_ source: SourceText, from start: Int) {
        self.source = source
        characters = CharacterIndex(source.bytes, from: start)
        last = source.position(at: start)
    }

    /// The place of a character; the end of the text if there are fewer.
    mutating func position(ofCharacter index: Int) -> SourcePosition {
        let distance = index - lastCharacter
        if distance == 0 { return last }
        last =
            walked(distance) ?? source.position(at: characters.offset(ofCharacter: index))
        lastCharacter = index
        return last
    }

    /// The place of the character a little behind the last one; nil where it has to be looked up.
    private func walked(_ distance: Int) -> SourcePosition? {
        guard distance > 0, distance <= Self.walkedCountMax else { return nil }
        let bytes = source.bytes
        // Whether a line ends at a carriage return depends on what follows it.
        if last.offset > 0, bytes[last.offset - 1] == UInt8(ascii: "\r") { return nil }
        var offset = last.offset
        var line = last.line
        var lineStart = offset - last.column + 1
        var remaining = distance
        while remaining > 0, offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\r") { return nil }
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            if byte == UInt8(ascii: "\n") {
                line += 1
                lineStart = offset
            }
            remaining -= 1
        }
        return SourcePosition(offset: offset, line: line, column: offset - lineStart + 1)
    }
}
