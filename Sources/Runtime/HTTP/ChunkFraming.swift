/// Puts chunk framing around a payload that stands in a buffer with room on both sides.
package enum ChunkFraming {
    /// Room that must be free before a payload: sixteen digits and CR LF.
    package static let prefixByteCountMax = 18
    /// Room that must be free behind a payload: CR LF, and the last chunk.
    package static let suffixByteCountMax = 7

    /// What ends a chunked content that has no trailer.
    package static let lastChunk: StaticString = "0\r\n\r\n"

    /// Makes a chunk of the payload, and ends the content if this is the last one.
    ///
    /// An empty payload makes no chunk: a chunk of size zero would end the content.
    ///
    /// - Parameters:
    ///   - payload: Where the payload stands. At least ``prefixByteCountMax`` bytes before it and
    ///     ``suffixByteCountMax`` behind it must be there to be overwritten.
    ///   - isLast: Whether the content ends with this payload.
    /// - Returns: What to send: empty if there is nothing to say.
    /// - Complexity: O(1).
    package static func frame(
        _ payload: Range<Int>, isLast: Bool, in buffer: inout MutableRawSpan
    ) -> Range<Int> {
        precondition(payload.lowerBound >= prefixByteCountMax, "no room for the size of a chunk")
        precondition(
            payload.upperBound <= buffer.byteCount - suffixByteCountMax,
            "no room for the end of a chunk")
        var start = payload.lowerBound
        var end = payload.upperBound
        if !payload.isEmpty {
            start -= 2
            end = store("\r\n", at: end, in: &buffer)
            _ = store("\r\n", at: start, in: &buffer)
            var rest = payload.count
            repeat {
                start -= 1
                let digit = UInt8(truncatingIfNeeded: rest & 0x0F)
                let byte = digit < 10 ? 0x30 &+ digit : 0x57 &+ digit
                buffer.storeBytes(of: byte, toByteOffset: start, as: UInt8.self)
                rest >>= 4
            } while rest != 0
        }
        if isLast { end = store(lastChunk, at: end, in: &buffer) }
        return start..<end
    }

    /// - Returns: The offset behind the text.
    private static func store(
        _ text: StaticString, at offset: Int, in buffer: inout MutableRawSpan
    ) -> Int {
        let octets = text.octets
        for index in 0..<octets.byteCount {
            buffer.storeBytes(
                of: octets.octet(at: index), toByteOffset: offset + index, as: UInt8.self)
        }
        return offset + octets.byteCount
    }
}
