/// What a kept answer is found by: two hashes, with the process's own random keys, of all that may have
/// decided what the answer says. Nobody can look for two requests with one key.
package struct AnswerKey: Hashable, BitwiseCopyable, Sendable {
    let first: UInt64
    let second: UInt64

    /// Puts a key together.
    package struct Maker {
        private var first = Hasher()
        private var second = Hasher()

        package init() {
            first.combine(0 as UInt8)
            second.combine(1 as UInt8)
        }

        /// Takes a text in, its length too, so that two texts one behind the other are not another two.
        package mutating func add(_ bytes: RawSpan) {
            first.combine(bytes.byteCount)
            second.combine(bytes.byteCount)
            // SAFETY: the hashers read the bytes during the call only.
            unsafe bytes.withUnsafeBytes { bytes in
                unsafe first.combine(bytes: bytes)
                unsafe second.combine(bytes: bytes)
            }
        }

        mutating func add(_ flag: Bool) {
            first.combine(flag)
            second.combine(flag)
        }

        package var key: AnswerKey {
            AnswerKey(
                first: UInt64(bitPattern: Int64(first.finalize())),
                second: UInt64(bitPattern: Int64(second.finalize())))
        }
    }
}
