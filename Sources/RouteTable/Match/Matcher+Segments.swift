import TableFormat

extension Matcher {
    /// Whether the path has the segments of a route's pattern. Compares all bytes: hashes only led here.
    func segmentsMatch(_ route: RouteRecord, in table: borrowing LoadedTable) -> Bool {
        let wanted = Int(route.segmentCount)
        guard
            route.tail == TailKind.end.rawValue
                ? path.segmentCount == wanted : path.segmentCount >= wanted
        else { return false }
        for index in 0..<wanted {
            let segment = table.view.segment(route.content + UInt32(index))
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
