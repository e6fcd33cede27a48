/// Takes the chunk framing off a content (RFC 9112, 7.1), read by read, whatever the cuts.
///
///     size ──;──▶ extension ─┐            ┌── CR LF ◀── data
///       └────────────────────┴─ CR LF ──▶ data (size > 0) ┘
///                                └──────▶ trailer (size 0) ── CR LF ──▶ finished
///                                            └─ finishTrailer() ────────▶ finished
///
/// A few bytes of state, no buffer of its own. Strict: a size has one to sixteen hexadecimal digits
/// and nothing else, lines end with CR LF only. Extensions are checked for their form, bounded and
/// dropped. It stops before a trailer that has fields: ``TrailerSection`` reads those as a whole.
package struct ChunkedDecoder: BitwiseCopyable, Sendable {
    /// What a call found.
    package struct Step: Equatable, Sendable {
        /// Number of bytes that belong to the content, from where the call began. Less than were
        /// given only if the content has ended: what is behind them is the next message.
        package var consumedByteCount: Int
        /// Where the payload stands in the buffer now. May be empty.
        package var payload: Range<Int>
        /// Whether the content has ended.
        package var isFinished: Bool
        /// Whether what is behind the consumed bytes is a trailer section, or the begin of one. The
        /// caller keeps these bytes, and gives them again with more behind them as long as
        /// ``TrailerSection`` finds no end.
        package var startsTrailer: Bool

        package init(
            consumedByteCount: Int, payload: Range<Int>, isFinished: Bool,
            startsTrailer: Bool = false
        ) {
            self.consumedByteCount = consumedByteCount
            self.payload = payload
            self.isFinished = isFinished
            self.startsTrailer = startsTrailer
        }
    }

    /// Whether the framing holds so far. Behind a refusal nobody can tell where the content ends.
    package enum Outcome: Equatable, Sendable {
        case decoded(Step)
        case refused(ChunkFault)
    }

    private enum State: UInt8, BitwiseCopyable {
        /// Before or in the digits of a size.
        case size
        /// Behind the digits, before the line end.
        case sizeExtension
        /// Behind the CR of a size line.
        case sizeLineFeed
        case data
        case dataCarriageReturn
        case dataLineFeed
        /// Behind the last chunk's size line.
        case trailer
        case finished
    }

    /// Most bytes of extensions that are not made up for by content: each chunk pays for twice its
    /// size and a little. Without this, a peer could have one byte passed on for kilobytes read.
    package static let extensionByteCountMax = 4 * 1024
    private static let extensionByteCountFree: UInt64 = 16

    /// The size of the chunk while it is read, then what is still to come of it.
    private var chunkByteCount: UInt64 = 0
    /// How much content may still come.
    private var budget: UInt64
    private var extensionByteCount: UInt32 = 0
    private var state = State.size
    private var digitCount: UInt8 = 0
    private var chunkExtension = ChunkExtension()

    /// - Parameter byteCountMax: Most bytes of content.
    package init(byteCountMax: UInt64 = .max) { budget = byteCountMax }

    /// Whether the content has ended.
    package var isFinished: Bool { state == .finished }
    /// Whether all chunks were read and the trailer was not.
    package var awaitsTrailer: Bool { state == .trailer }

    /// The trailer section was read by the caller.
    package mutating func finishTrailer() {
        precondition(state == .trailer, "a trailer that was not due")
        state = .finished
    }

    /// Decodes what was read, in place.
    ///
    /// The first piece of payload stays where it is and the others are moved up behind it, so that
    /// the payload of one read is one range.
    ///
    /// - Parameters:
    ///   - buffer: The bytes up to its end are what was read.
    ///   - start: Where they begin. What is before stays as it is.
    /// - Complexity: O(*n*) for *n* bytes read.
    package mutating func decode(_ buffer: inout MutableRawSpan, from start: Int) -> Outcome {
        let end = buffer.byteCount
        precondition(start >= 0 && start <= end, "decoding from outside the buffer")
        var offset = start
        var payload = start..<start
        while offset < end, state != .finished {
            if state == .data {
                let count = Int(min(chunkByteCount, UInt64(end - offset)))
                payload = Self.gather(payload, from: offset, count: count, in: &buffer)
                offset += count
                chunkByteCount -= UInt64(count)
                if chunkByteCount == 0 { state = .dataCarriageReturn }
                continue
            }
            if state == .trailer {
                guard Self.isLineEnd(buffer, at: offset) else { break }
                offset += 2
                state = .finished
                continue
            }
            // SAFETY: every bit pattern is a valid byte, and the load checks its bounds.
            let byte = unsafe buffer.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            if let fault = take(byte) { return .refused(fault) }
            offset += 1
        }
        return .decoded(
            Step(
                consumedByteCount: offset - start, payload: payload, isFinished: isFinished,
                startsTrailer: state == .trailer && offset < end))
    }

    /// Whether a whole CR LF stands at `offset`: the end of a trailer without fields.
    private static func isLineEnd(_ buffer: borrowing MutableRawSpan, at offset: Int) -> Bool {
        guard offset + 1 < buffer.byteCount else { return false }
        let bytes = buffer.bytes
        return bytes.octet(at: offset) == OctetClass.carriageReturn
            && bytes.octet(at: offset + 1) == OctetClass.lineFeed
    }

    /// Moves a piece of payload behind the pieces before it.
    private static func gather(
        _ payload: Range<Int>, from offset: Int, count: Int, in buffer: inout MutableRawSpan
    ) -> Range<Int> {
        if payload.isEmpty { return offset..<offset + count }
        // SAFETY: both pieces are ranges of the buffer that were computed from its size; moving
        // allows overlap.
        unsafe buffer.withUnsafeMutableBytes { bytes in
            let piece = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
            unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[payload.upperBound...])
                .copyMemory(from: piece)
        }
        return payload.lowerBound..<payload.upperBound + count
    }

    /// Takes one byte of framing.
    private mutating func take(_ byte: UInt8) -> ChunkFault? {
        switch state {
        case .size: return takeSize(byte)
        case .sizeExtension: return takeExtension(byte)
        case .sizeLineFeed: return takeSizeEnd(byte)
        case .dataCarriageReturn:
            return expect(byte, OctetClass.carriageReturn, then: .dataLineFeed)
        case .dataLineFeed: return expect(byte, OctetClass.lineFeed, then: .size)
        case .data, .trailer, .finished: preconditionFailure("this state has no framing bytes")
        }
    }

    private mutating func expect(_ byte: UInt8, _ wanted: UInt8, then next: State) -> ChunkFault? {
        guard byte == wanted else { return .invalidLineEnd }
        state = next
        return nil
    }

    private mutating func takeSize(_ byte: UInt8) -> ChunkFault? {
        if let value = OctetClass.hexadecimalValue(byte) {
            guard digitCount < 16, chunkByteCount >> 58 == 0 else { return .sizeTooLarge }
            chunkByteCount = chunkByteCount << 4 | UInt64(value)
            digitCount += 1
            return nil
        }
        guard digitCount > 0 else { return .invalidSize }
        if byte == OctetClass.carriageReturn {
            state = .sizeLineFeed
            return nil
        }
        guard let begun = ChunkExtension(behindSize: byte) else { return .invalidSize }
        chunkExtension = begun
        state = .sizeExtension
        return nil
    }

    private mutating func takeExtension(_ byte: UInt8) -> ChunkFault? {
        switch chunkExtension.take(byte) {
        case .ends:
            state = .sizeLineFeed
            return nil
        case .refused(let fault): return fault
        case .goesOn:
            extensionByteCount += 1
            return extensionByteCount > Self.extensionByteCountMax ? .extensionsTooLarge : nil
        }
    }

    private mutating func takeSizeEnd(_ byte: UInt8) -> ChunkFault? {
        guard byte == OctetClass.lineFeed else { return .invalidLineEnd }
        guard chunkByteCount <= budget else { return .contentTooLarge }
        budget -= chunkByteCount
        // The size is below 2^62, so twice of it and a little does not overflow.
        let allowance = 2 * chunkByteCount + Self.extensionByteCountFree
        extensionByteCount -= UInt32(min(UInt64(extensionByteCount), allowance))
        digitCount = 0
        state = chunkByteCount == 0 ? .trailer : .data
        return nil
    }
}
