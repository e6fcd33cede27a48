/// The one large buffer of a worker that all reads go into, with room for framing on both sides.
@safe
struct ScratchBuffer: ~Copyable {
    private let base: UnsafeMutableRawPointer
    /// Bytes that a read may bring.
    let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
        // SAFETY: never read before a socket has written into it.
        unsafe base = UnsafeMutableRawPointer.allocate(
            byteCount: capacity + 2 * Limits.framingRoomBytes, alignment: 4_096)
    }

    deinit { unsafe base.deallocate() }

    /// Where reads go. ``Limits/framingRoomBytes`` before and behind it may be written too.
    @unsafe
    var room: UnsafeMutableRawBufferPointer {
        // SAFETY: the block has framing room on both sides of these bytes.
        unsafe UnsafeMutableRawBufferPointer(
            start: base + Limits.framingRoomBytes, count: capacity)
    }

    /// A piece of the buffer. Valid until the next read.
    ///
    /// - Parameter range: Counted from the start of ``room``; may reach into the room for framing on
    ///   both sides.
    @unsafe
    func piece(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        precondition(
            range.lowerBound >= -Limits.framingRoomBytes
                && range.upperBound <= capacity + Limits.framingRoomBytes,
            "a piece outside of the scratch buffer")
        // SAFETY: checked above; the block has framing room on both sides of the room for reads.
        return unsafe UnsafeRawBufferPointer(
            start: base + Limits.framingRoomBytes + range.lowerBound, count: range.count)
    }

    /// Takes the chunk framing off the bytes in `range`, in place.
    ///
    /// - Returns: The step, its payload counted from the start of ``room``.
    mutating func decode(_ range: Range<Int>, with decoder: inout ChunkedDecoder)
        -> ChunkedDecoder.Outcome
    {
        // SAFETY: the span covers the room in front and the bytes read, all inside the block.
        var span = unsafe MutableRawSpan(
            _unsafeStart: base, byteCount: Limits.framingRoomBytes + range.upperBound)
        let outcome = decoder.decode(&span, from: Limits.framingRoomBytes + range.lowerBound)
        guard case .decoded(var step) = outcome else { return outcome }
        let room = Limits.framingRoomBytes
        step.payload = step.payload.lowerBound - room..<step.payload.upperBound - room
        return .decoded(step)
    }

    /// Puts the first bytes of a byte order mark in front of a payload.
    ///
    /// - Returns: Both together.
    mutating func putMark(_ byteCount: Int, before payload: Range<Int>) -> Range<Int> {
        precondition(byteCount <= 2 && payload.lowerBound >= 0, "no room for a mark")
        let start = payload.lowerBound - byteCount
        // SAFETY: there is framing room in front of the room for reads, and more than two bytes of it.
        let target = unsafe base + Limits.framingRoomBytes + start
        unsafe target.storeBytes(of: 0xEF, as: UInt8.self)
        if byteCount == 2 { unsafe target.storeBytes(of: 0xBB, toByteOffset: 1, as: UInt8.self) }
        return start..<payload.upperBound
    }

    /// Puts chunk framing around the payload, in the room beside it.
    ///
    /// - Returns: What to send, counted from the start of ``room``; it may begin before it.
    mutating func frame(_ payload: Range<Int>, isLast: Bool) -> Range<Int> {
        // SAFETY: the span covers the block from its first byte to its last.
        var span = unsafe MutableRawSpan(
            _unsafeStart: base, byteCount: capacity + 2 * Limits.framingRoomBytes)
        let shift = Limits.framingRoomBytes
        let framed = ChunkFraming.frame(
            payload.lowerBound + shift..<payload.upperBound + shift, isLast: isLast, in: &span)
        return framed.lowerBound - shift..<framed.upperBound - shift
    }
}
