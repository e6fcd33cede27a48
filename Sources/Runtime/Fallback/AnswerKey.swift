/// What a kept answer is found by: two hashes, with the process's own random keys, of all that may have
/// decided what the answer says. Nobody can look for two requests with one key.
package struct AnswerKey: Hashable, BitwiseCopyable, Sendable {
    let first: UInt64
    let second: UInt64

    /// - Parameter text: What ``add(_:to:)`` has put together.
    package init(of text: RawSpan) {
        var first = Hasher()
        var second = Hasher()
        first.combine(0 as UInt64)
        second.combine(1 as UInt64)
        // SAFETY: the hashers read the bytes during the call only.
        unsafe text.withUnsafeBytes { bytes in
            unsafe first.combine(bytes: bytes)
            unsafe second.combine(bytes: bytes)
        }
        self.first = UInt64(bitPattern: Int64(first.finalize()))
        self.second = UInt64(bitPattern: Int64(second.finalize()))
    }

    /// Both words are random to everybody outside, so one of them will do.
    package func hash(into hasher: inout Hasher) { hasher.combine(first) }

    /// Appends a text to what a key is made of, its length too, so that two texts one behind the other are not
    /// another two. The writer's overflow flag tells if there was no room.
    package static func add(_ bytes: RawSpan, to text: inout ByteWriter) {
        text.append(word: UInt64(bytes.byteCount))
        text.append(bytes)
    }
}
