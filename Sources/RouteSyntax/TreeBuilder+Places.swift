import Diagnostics

/// Where things are in the source, and tabs that stand where none may.
extension TreeBuilder {
    /// Where an event is in the source.
    mutating func range(_ characters: Range<Int>) -> SourceRange {
        let start = places.position(ofCharacter: characters.lowerBound)
        let end =
            characters.isEmpty ? start : places.position(ofCharacter: characters.upperBound)
        return SourceRange(file: file, start: start, end: end)
    }

    /// Where a map or list is. A block ends where the next thing begins, so its last child tells better.
    mutating func range(
        from first: SourceRange, to end: YAMLEvent, lastChild: SourceRange?
    ) -> SourceRange {
        let last = range(end.characters)
        let isFlow = last.end.offset > last.start.offset
        let end = isFlow ? last.end : max(first.end, lastChild?.end ?? first.end)
        return SourceRange(file: file, start: first.start, end: end)
    }

    /// Reports tabs that stand outside text and comments. libyaml lets some of them pass.
    mutating func checkTabs() {
        guard hasTabs else { return }
        var next = 0
        for (offset, byte) in source.bytes[..<(lostOffset ?? source.bytes.count)].enumerated()
        where byte == UInt8(ascii: "\t") {
            while next < scalarOffsets.count, scalarOffsets[next].upperBound <= offset { next += 1 }
            if next < scalarOffsets.count, scalarOffsets[next].contains(offset) { continue }
            if isInComment(offset, afterScalar: next > 0 ? scalarOffsets[next - 1].upperBound : 0) {
                continue
            }
            reportTab(at: offset)
            return
        }
    }

    private func isInComment(_ offset: Int, afterScalar end: Int) -> Bool {
        let line = source.position(at: offset)
        let start = max(offset - line.column + 1, end)
        return start < offset && source.bytes[start..<offset].contains(UInt8(ascii: "#"))
    }
}
