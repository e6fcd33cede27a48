/// An address as text, held in place.
package struct AddressText: BitwiseCopyable, Sendable {
    private var room = InlineArray<64, UInt8>(repeating: 0)
    private(set) var byteCount = 0

    /// The text.
    package var bytes: RawSpan {
        @_lifetime(borrow self)
        // SAFETY: bytes are plain data.
        get { unsafe room.span.extracting(0..<byteCount).bytes }
    }

    mutating func append(_ byte: UInt8) {
        room[byteCount] = byte
        byteCount += 1
    }

    mutating func append(decimal octet: UInt8) {
        if octet >= 100 { append(UInt8(ascii: "0") &+ octet / 100) }
        if octet >= 10 { append(UInt8(ascii: "0") &+ octet / 10 % 10) }
        append(UInt8(ascii: "0") &+ octet % 10)
    }

    mutating func append(decimal number: UInt16) {
        if number >= 10_000 { append(UInt8(ascii: "0") &+ UInt8(number / 10_000)) }
        if number >= 1_000 { append(UInt8(ascii: "0") &+ UInt8(number / 1_000 % 10)) }
        if number >= 100 { append(UInt8(ascii: "0") &+ UInt8(number / 100 % 10)) }
        if number >= 10 { append(UInt8(ascii: "0") &+ UInt8(number / 10 % 10)) }
        append(UInt8(ascii: "0") &+ UInt8(number % 10))
    }
}
