import CBytes
import TableFormat

extension Matcher {
    /// Whether the path is the exact path of a route or has the segments of its pattern. Compares all
    /// bytes: hashes only led here. A regex is not for this function.
    @inline(__always)
    mutating func segmentsMatch(_ route: RouteRecord) -> Bool {
        let wanted = Int(route.segmentCount)
        guard
            route.tail == TailKind.end.rawValue
                ? path.segmentCount == wanted : path.segmentCount >= wanted
        else { return false }
        let leadByteCount = Int(route.leadByteCount)
        let leadSegmentCount = Int(route.leadSegmentCount)
        // SAFETY: the lead has no more segments than the pattern, so not more than the path; the path has an
        // entry behind its last segment. Behind the path there is slack, behind the routes the settings, which
        // every table has.
        guard unsafe Int(path.starts[leadSegmentCount]) == leadByteCount &+ 1,
            unsafe cbytes_are_equal(
                route.bytes.pointer(at: route.leadOffset).assumingMemoryBound(to: UInt8.self),
                path.bytes, leadByteCount)
        else { return false }
        return leadSegmentCount == wanted || furtherSegmentsMatch(route)
    }

    /// The same for the segments behind the lead.
    private mutating func furtherSegmentsMatch(_ route: RouteRecord) -> Bool {
        let lead = Int(route.leadSegmentCount)
        var textOffset = route.textOffset
        for index in lead..<Int(route.segmentCount) {
            let segment = route.segment(index &- lead)
            // SAFETY: `index` is below the path's segment count; the texts lie in the record.
            let given = unsafe path.segmentBytes(index)
            let text = unsafe UnsafeRawBufferPointer(
                start: route.bytes.pointer(at: textOffset), count: segment.byteCount)
            textOffset &+= segment.byteCount
            switch segment.kind {
            case .literal: guard unsafe Bytes.areEqual(text, given) else { return false }
            case .glob: guard unsafe Glob.matches(text, given) else { return false }
            case .wildcard: guard given.count > 0 else { return false }
            case .anything: break
            }
        }
        return true
    }
}
