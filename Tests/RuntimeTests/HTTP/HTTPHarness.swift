import RouteTable
import Runtime

/// The bytes of a span as text. Bytes that are no UTF-8 become replacement characters.
func text(_ bytes: RawSpan) -> String {
    String(decoding: array(bytes), as: UTF8.self)
}

/// A copy of the bytes of a span.
func array(_ bytes: RawSpan) -> [UInt8] {
    // SAFETY: the bytes are copied while the span lives.
    unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
}

/// The bytes of a range as text.
func text(_ range: ByteRange, of bytes: [UInt8]) -> String {
    String(decoding: bytes[range.indices], as: UTF8.self)
}
