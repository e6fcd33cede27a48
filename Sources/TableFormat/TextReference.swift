/// A stretch of the text section, or none.
package struct TextReference: Hashable, Sendable {
    /// Offset of the first byte from the start of the section.
    package var offset: UInt32
    package var byteCount: UInt32

    @inlinable
    package init(offset: UInt32, byteCount: UInt32) {
        self.offset = offset
        self.byteCount = byteCount
    }

    /// No text, which is not the same as empty text.
    @inlinable
    package static var none: TextReference { TextReference(offset: .none, byteCount: 0) }

    @inlinable
    package var isNone: Bool { offset == .none }
}
