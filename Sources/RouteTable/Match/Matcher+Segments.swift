import TableFormat

extension Matcher {
    /// Whether the path is the exact path of a route or has the segments of its pattern. Compares all
    /// bytes: hashes only led here. A regex is not for this function.
    mutating func segmentsMatch(_ route: RouteRecord, in table: borrowing LoadedTable) -> Bool {
        if route.kind == RouteKind.exact.rawValue {
            // SAFETY: the bytes lie in the table, which outlives the call.
            let wanted = unsafe table.view.text(
                offset: route.content, byteCount: Int(route.extent))
            return unsafe Bytes.areEqual(wanted, path.buffer)
        }
        let wanted = Int(route.segmentCount)
        guard
            route.tail == TailKind.end.rawValue
                ? path.segmentCount == wanted : path.segmentCount >= wanted
        else { return false }
        for index in 0..<wanted {
            let segment = table.view.segment(route.content + UInt32(index))
            // SAFETY: `index` is below the path's segment count; the texts lie in the table.
            let given = unsafe path.segmentBytes(index)
            switch SegmentKind(rawValue: segment.kind) {
            case .literal:
                let text = unsafe table.view.text(
                    offset: segment.textOffset, byteCount: Int(segment.textByteCount))
                guard unsafe Bytes.areEqual(text, given) else { return false }
            case .glob:
                let text = unsafe table.view.text(
                    offset: segment.textOffset, byteCount: Int(segment.textByteCount))
                guard unsafe Glob.matches(text, given) else { return false }
            case .wildcard: guard given.count > 0 else { return false }
            case .anything, nil: break
            }
        }
        return true
    }
}
