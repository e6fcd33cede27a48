import RouteTable

extension RawSpan {
    /// The byte at `offset`.
    ///
    /// - Precondition: `0 <= offset < byteCount`.
    @inline(always)
    func octet(at offset: Int) -> UInt8 {
        // SAFETY: every bit pattern is a valid byte, and the load checks its bounds.
        unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }

    /// The eight bytes from `offset`, the first one in the lowest bits.
    ///
    /// - Precondition: `0 <= offset` and `offset + 8 <= byteCount`.
    @inline(always)
    func word(at offset: Int) -> UInt64 {
        // SAFETY: every bit pattern is a valid integer, and the load checks its bounds.
        UInt64(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The bytes of a range that a parser of this span has made.
    @inline(always)
    @_lifetime(copy self)
    func octets(_ range: ByteRange) -> RawSpan { extracting(range.offsets) }

    /// Whether the bytes of `range` are `lowercased`, without regard to the case of letters.
    ///
    /// - Parameters:
    ///   - range: Bytes without controls, as in a checked field name or value. Without that check a
    ///     carriage return would compare equal to a hyphen.
    ///   - lowercased: Lower-case letters, digits and marks that have bit 5 set (`-+*/:.`), so that
    ///     setting that bit folds case and changes nothing else.
    @inline(always)
    func equalsIgnoringCase(_ range: ByteRange, _ lowercased: StaticString) -> Bool {
        range.count == lowercased.utf8CodeUnitCount
            && holdsIgnoringCase(lowercased, at: range.first)
    }

    /// Whether the bytes from `start` are `lowercased`, as in ``equalsIgnoringCase(_:_:)``.
    ///
    /// - Precondition: As many bytes as that text has are there.
    @inline(always)
    private func holdsIgnoringCase(_ lowercased: StaticString, at start: Int) -> Bool {
        let other = lowercased.octets
        let count = other.byteCount
        guard count >= 8 else {
            for index in 0..<count where octet(at: start + index) | 0x20 != other.octet(at: index) {
                return false
            }
            return true
        }
        var index = 0
        while index < count - 8 {
            if word(at: start + index) | OctetScan.caseBits != other.word(at: index) {
                return false
            }
            index += 8
        }
        // The last eight bytes may overlap those that were compared already.
        return word(at: start + count - 8) | OctetScan.caseBits == other.word(at: count - 8)
    }

    /// Whether two ranges hold the same bytes, without regard to the case of ASCII letters.
    func equalsIgnoringCase(_ first: ByteRange, _ second: ByteRange) -> Bool {
        guard first.count == second.count else { return false }
        for index in 0..<Int(first.count) {
            let left = OctetClass.lowercased(octet(at: first.first + index))
            let right = OctetClass.lowercased(octet(at: second.first + index))
            if left != right { return false }
        }
        return true
    }

    /// Whether the bytes are exactly those of `other`.
    func isEqual(to other: [UInt8]) -> Bool {
        guard byteCount == other.count else { return false }
        for index in 0..<byteCount where octet(at: index) != other[index] { return false }
        return true
    }

    /// A copy of the bytes, for what is told to other threads.
    var octetArray: [UInt8] { (0..<byteCount).map { octet(at: $0) } }

    /// Whether the bytes are exactly those of `text`.
    func isEqual(to text: StaticString) -> Bool {
        let other = text.octets
        guard byteCount == other.byteCount else { return false }
        for index in 0..<byteCount where octet(at: index) != other.octet(at: index) { return false }
        return true
    }
}
