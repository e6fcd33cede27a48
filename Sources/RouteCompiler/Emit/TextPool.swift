import TableFormat

/// The text section in the making. Equal texts are stored once.
struct TextPool {
    private(set) var bytes: [UInt8] = []
    private var known = ByteRunIndex()

    /// Stores `text` unless it is there already.
    mutating func add(_ text: [UInt8]) -> TextReference {
        // SAFETY: the buffer is used inside the closure only.
        unsafe text.withUnsafeBytes { unsafe add($0) }
    }

    mutating func add(_ text: String) -> TextReference {
        var text = text
        // SAFETY: the buffer is used inside the closure only.
        return text.withUTF8 { unsafe add(UnsafeRawBufferPointer($0)) }
    }

    mutating func add(_ text: String?) -> TextReference {
        guard let text else { return .none }
        return add(text)
    }

    /// Stores `text`, of which a stored text has a copy: nothing is added then.
    ///
    /// - Parameters:
    ///   - whole: A text of this pool.
    ///   - offset: Where in it the copy begins, in bytes. If other bytes stand there, the text is added.
    mutating func add(_ text: [UInt8], inside whole: TextReference, at offset: Int) -> TextReference
    {
        guard offset >= 0, offset + text.count <= Int(whole.byteCount) else { return add(text) }
        let start = Int(whole.offset) + offset
        guard bytes[start..<(start + text.count)].elementsEqual(text) else { return add(text) }
        // SAFETY: the buffer is used inside the closure only.
        return unsafe text.withUnsafeBytes { unsafe add($0, at: start) }
    }

    /// - Parameter copy: Where the text stands already, if it does.
    private mutating func add(
        _ text: UnsafeRawBufferPointer, at copy: Int? = nil
    ) -> TextReference {
        let byteCount = UInt32(text.count)
        // SAFETY: here and below the text is the caller's and alive; its bytes are copied.
        let hash = unsafe ByteRunIndex.hash(text)
        if let offset = unsafe known.offset(of: text, hash: hash, in: bytes) {
            return TextReference(offset: UInt32(offset), byteCount: byteCount)
        }
        let offset = copy ?? bytes.count
        known.note(hash: hash, offset: offset, byteCount: text.count)
        // SAFETY: as above.
        if copy == nil { unsafe bytes.append(contentsOf: text) }
        return TextReference(offset: UInt32(offset), byteCount: byteCount)
    }
}
