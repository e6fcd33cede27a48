import TableFormat

/// The text section in the making. Equal texts are stored once.
struct TextPool {
    private(set) var bytes: [UInt8] = []
    private var known: [[UInt8]: UInt32] = [:]

    /// Stores `text` unless it is there already.
    mutating func add(_ text: [UInt8]) -> TextReference {
        let byteCount = UInt32(text.count)
        if let offset = known[text] { return TextReference(offset: offset, byteCount: byteCount) }
        let offset = UInt32(bytes.count)
        known[text] = offset
        bytes += text
        return TextReference(offset: offset, byteCount: byteCount)
    }

    mutating func add(_ text: String) -> TextReference { add(Array(text.utf8)) }

    mutating func add(_ text: String?) -> TextReference {
        guard let text else { return .none }
        return add(Array(text.utf8))
    }
}
