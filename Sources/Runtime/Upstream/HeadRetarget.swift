/// Moves a request's head, as ``RequestWriter`` has written it, to another endpoint: its base path
/// and, if need be, its Host are exchanged.
package enum HeadRetarget {
    /// Appends the head for the new endpoint to `writer`. Its overflow flag tells if there was no room.
    ///
    /// - Parameters:
    ///   - oldBasePathCount: How many bytes of the target were the base path.
    ///   - host: The value of Host from now on; empty: as it is.
    package static func write(
        _ head: RawSpan, oldBasePathCount: Int, basePath: RawSpan, host: RawSpan,
        into writer: inout ByteWriter
    ) {
        let methodEnd = index(of: UInt8(ascii: " "), in: head, from: 0) + 1
        let lineEnd = index(of: UInt8(ascii: "\n"), in: head, from: methodEnd) + 1
        precondition(
            methodEnd + oldBasePathCount <= lineEnd, "a target is longer than its base path")
        writer.append(head.extracting(0..<methodEnd))
        writer.append(basePath)
        writer.append(head.extracting(methodEnd + oldBasePathCount..<lineEnd))
        guard !host.isEmpty else {
            writer.append(head.extracting(lineEnd..<head.byteCount))
            return
        }
        // The second line is always Host.
        let hostEnd = index(of: UInt8(ascii: "\n"), in: head, from: lineEnd) + 1
        writer.append("Host: ")
        writer.append(host)
        writer.appendLineEnd()
        writer.append(head.extracting(hostEnd..<head.byteCount))
    }

    private static func index(of byte: UInt8, in head: RawSpan, from start: Int) -> Int {
        var index = start
        while head.octet(at: index) != byte { index += 1 }
        return index
    }
}
