import RouteTable

/// The ends of a range as indices, computed here: a call into another module cannot be inlined, and
/// the parsers ask for them for every field.
extension ByteRange {
    /// Offset of the first byte.
    @inline(always)
    var first: Int { Int(offset) }

    /// Offset behind the last byte.
    @inline(always)
    var limit: Int { Int(offset) + Int(count) }

    /// The offsets of all bytes.
    @inline(always)
    var offsets: Range<Int> { first..<limit }
}
