/// A stretch of the text section, or none.
public struct TextReference: Hashable, Sendable {
    /// Offset of the first byte from the start of the section.
    public var offset: UInt32
    public var byteCount: UInt32

    @inlinable
    public init(offset: UInt32, byteCount: UInt32) {
        self.offset = offset
        self.byteCount = byteCount
    }

    /// No text, which is not the same as empty text.
    @inlinable
    public static var none: TextReference { TextReference(offset: .none, byteCount: 0) }

    @inlinable
    public var isNone: Bool { offset == .none }
}
