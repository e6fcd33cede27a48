/// Turns libyaml's marks, which count characters, into byte offsets.
struct CharacterIndex {
    private static let stride = 256

    private let bytes: [UInt8]
    private let startOffset: Int
    /// Offset of every 256th character; empty if every character is one byte.
    private var checkpoints: [Int] = []

    /// - Parameters:
    ///   - bytes: Well-formed UTF-8.
    ///   - startOffset: Where the first counted character begins; behind a byte order mark.
    init(_ bytes: [UInt8], from startOffset: Int) {
        self.bytes = bytes
        self.startOffset = startOffset
        guard bytes.contains(where: { $0 >= 0x80 }) else { return }
        var characterCount = 0
        for offset in startOffset..<bytes.count where bytes[offset] & 0xC0 != 0x80 {
            if characterCount % Self.stride == 0 { checkpoints.append(offset) }
            characterCount += 1
        }
    }

    /// Byte offset of a character; the end of the bytes if there are fewer.
    func offset(ofCharacter index: Int) -> Int {
        guard !checkpoints.isEmpty else { return min(startOffset + index, bytes.count) }
        guard index / Self.stride < checkpoints.count else { return bytes.count }
        var offset = checkpoints[index / Self.stride]
        var remaining = index % Self.stride
        while remaining > 0, offset < bytes.count {
            offset += 1
            while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            remaining -= 1
        }
        return offset
    }
}
