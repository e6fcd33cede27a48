/// The text of a Close frame: UTF-8, at most 123 bytes (RFC 6455, 5.5.1).
package struct CloseReason: BitwiseCopyable, Sendable {
    package static let byteCountMax = 123

    private var bytes = InlineArray<123, UInt8>(repeating: 0)
    private var length: UInt8 = 0

    /// No text.
    package init() {}

    /// - Precondition: `text` is at most ``byteCountMax`` bytes long.
    package init(_ text: StaticString) {
        precondition(text.utf8CodeUnitCount <= Self.byteCountMax, "a reason that fits no frame")
        let octets = text.octets
        for index in 0..<octets.byteCount { bytes[index] = octets.octet(at: index) }
        length = UInt8(octets.byteCount)
    }

    /// - Returns: nil if the text is too long. It is taken to be UTF-8.
    package init?(utf8 text: some Collection<UInt8>) {
        guard text.count <= Self.byteCountMax else { return nil }
        for (index, byte) in text.enumerated() { bytes[index] = byte }
        length = UInt8(text.count)
    }

    package var count: Int { Int(length) }

    package subscript(index: Int) -> UInt8 { bytes[index] }
}
