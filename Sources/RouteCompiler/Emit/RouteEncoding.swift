import TableFormat

/// A route record in the making: see ``RouteRecord``.
struct RouteEncoding {
    var index: UInt32 = 0
    var action: UInt32 = 0
    var kind = RouteKind.exact
    var tail = TailKind.end
    var shape: UInt8 = RouteRecord.noShape
    var conditionCount: UInt8 = 0
    var firstCondition: UInt32 = 0
    var regex: UInt32 = 0
    private var lead: [UInt8] = []
    private var leadSegmentCount = 0
    /// The segments behind the lead.
    private var further: [RouteSegment] = []
    private var texts: [UInt8] = []

    /// Takes a whole path.
    mutating func set(path: [UInt8]) throws(CompileProblem.Reason) {
        lead = path
        leadSegmentCount = path.count { $0 == UInt8(ascii: "/") }
        guard leadSegmentCount <= TableLimits.segmentCountMax else {
            throw .tooManySegments(leadSegmentCount)
        }
    }

    /// Takes the segments of a pattern.
    mutating func set(_ segments: [LoweredSegment]) throws(CompileProblem.Reason) {
        for segment in segments {
            if case .literal(let text) = segment, further.isEmpty {
                lead.append(UInt8(ascii: "/"))
                lead += text
                leadSegmentCount += 1
                continue
            }
            let text: [UInt8]
            let kind: SegmentKind
            switch segment {
            case .literal(let literal): (kind, text) = (.literal, literal)
            case .glob(let parts):
                (kind, text) = (.glob, Array(parts.joined(separator: [UInt8(ascii: "*")])))
            case .wildcard: (kind, text) = (.wildcard, [])
            case .anything: (kind, text) = (.anything, [])
            }
            guard text.count <= RouteRecord.segmentBytesMax else {
                throw .segmentTooLong(text.count)
            }
            further.append(RouteSegment(kind, byteCount: text.count))
            texts += text
        }
        guard lead.count <= UInt16.max else { throw .textTooLong("path", lead.count) }
    }

    private var hasLinks: Bool { conditionCount > 0 || kind == .regex }

    /// Writes the record behind the others of its section.
    ///
    /// - Parameter section: The routes, or the paths of policies.
    /// - Returns: Where it begins, in units.
    func append(
        to sections: inout SectionBuffers, section: SectionKind = .routes
    ) -> UInt32 {
        let start = hasLinks ? 24 : RouteRecord.fieldBytes
        let byteCount = start + lead.count + 2 * further.count + texts.count
        let unit = RouteRecord.unit
        return sections.append(
            byteCount: (byteCount + unit - 1) / unit * unit, to: section
        ) { buffer in
            buffer.put(index, at: 0)
            buffer.put(action, at: 4)
            buffer.put(kind.rawValue, at: 8)
            buffer.put(tail.rawValue, at: 9)
            buffer.put(conditionCount, at: 10)
            buffer.put(shape, at: 11)
            buffer.put(UInt8(leadSegmentCount + further.count), at: 12)
            buffer.put(UInt8(leadSegmentCount), at: 13)
            buffer.put(UInt16(lead.count), at: 14)
            if hasLinks {
                buffer.put(firstCondition, at: 16)
                buffer.put(regex, at: 20)
            }
            buffer.put(lead, at: start)
            for (number, segment) in further.enumerated() {
                buffer.put(segment.rawValue, at: start + lead.count + 2 * number)
            }
            buffer.put(texts, at: start + lead.count + 2 * further.count)
        }
    }
}
