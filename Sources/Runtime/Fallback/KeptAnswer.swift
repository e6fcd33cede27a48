/// A kept answer that is about to be given. Whoever has it may use it, whatever becomes of those that are kept.
package struct KeptAnswer: Sendable {
    /// Field lines, and behind them the content.
    let bytes: [UInt8]
    let lineByteCount: Int
    package let ageSeconds: UInt64

    package var contentByteCount: Int { bytes.count - lineByteCount }

    /// Lends the field lines and the content.
    package func withBytes(
        _ body: (_ lines: UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Void
    ) {
        // SAFETY: the bytes are used during the call only; this value holds the array.
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe body(
                UnsafeRawBufferPointer(rebasing: bytes[..<lineByteCount]),
                UnsafeRawBufferPointer(rebasing: bytes[lineByteCount...]))
        }
    }
}
