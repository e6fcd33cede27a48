import TableFormat

extension LoadedTable {
    /// One record of a section.
    func record<Record: TableRecord>(_ index: Int, of kind: SectionKind) -> Record {
        view.record(Record.self, kind, at: UInt32(index))
    }

    func route(_ index: Int) -> RouteRecord { view.route(UInt32(index)) }

    /// The segments of a route's pattern: what each must be, and its text. None of a regex.
    func segments(of route: RouteRecord) -> [(kind: SegmentKind, text: String)] {
        // SAFETY: lead and texts lie in the record, which was verified.
        let lead = unsafe String(
            decoding: UnsafeRawBufferPointer(
                start: route.bytes.pointer(at: route.leadOffset),
                count: Int(route.leadByteCount)), as: UTF8.self)
        let texts = lead.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        var segments = texts.prefix(Int(route.leadSegmentCount)).map {
            (kind: SegmentKind.literal, text: String($0))
        }
        var offset = route.textOffset
        for number in 0..<Int(route.segmentCount - route.leadSegmentCount) {
            let segment = route.segment(number)
            let text = unsafe String(
                decoding: UnsafeRawBufferPointer(
                    start: route.bytes.pointer(at: offset), count: segment.byteCount),
                as: UTF8.self)
            offset += segment.byteCount
            segments.append((segment.kind, text))
        }
        return segments
    }

    func recordCount(of kind: SectionKind) -> Int { view.count(of: kind) }
}
