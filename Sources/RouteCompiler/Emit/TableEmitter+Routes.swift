import TableFormat
import Validate

extension TableEmitter {
    /// Writes the routes with their segments, conditions and actions.
    mutating func emitRoutes() {
        for host in hosts {
            for route in host.routes {
                do {
                    try emit(route, of: host)
                } catch {
                    problems.append(CompileProblem(error, at: route.rule.pattern.range))
                }
            }
        }
    }

    private mutating func emit(
        _ route: LoweredRoute, of host: LoweredHost
    ) throws(CompileProblem.Reason) {
        var record = RouteRecord()
        // What matching compares is mostly a part of what was written.
        let written = sections.add(route.rule.patternText)
        route.written = written
        switch route.pattern {
        case .exact(let path):
            record.kind = RouteKind.exact.rawValue
            record.content = sections.offset(of: path, inside: written)
            record.extent = UInt16(path.count)
        case .segments(let segments, let tail):
            record.kind = RouteKind.segments.rawValue
            record.setSegments(count: UInt8(segments.count), tail: tail)
            record.content = try emit(segments, writtenIn: written)
        case .regex(let index):
            record.kind = RouteKind.regex.rawValue
            record.content = UInt32(index)
            let source = lowering.regexes.regexes[index].source
            _ = sections.add(
                source, inside: written, at: Int(written.byteCount) - source.count)
        }
        let conditions = try conditionRecords(route.rule.conditions)
        record.conditionCount = UInt8(conditions.count)
        record.firstCondition =
            conditions.isEmpty
            ? written.offset : conditionRuns.add(conditions, to: .conditions, in: &sections)
        record.action = try emitAction(of: route, host: host)
        sections.append(record, to: .routes)
    }

    /// - Returns: Index of the first segment.
    mutating func emit(
        _ segments: [LoweredSegment], writtenIn written: TextReference
    ) throws(CompileProblem.Reason) -> UInt32 {
        var records: [SegmentRecord] = []
        records.reserveCapacity(segments.count)
        var offset = 1
        for segment in segments {
            var record = SegmentRecord()
            var text: [UInt8] = []
            switch segment {
            case .literal(let literal):
                record.kind = SegmentKind.literal.rawValue
                text = literal
            case .glob(let texts):
                record.kind = SegmentKind.glob.rawValue
                text = Array(texts.joined(separator: [UInt8(ascii: "*")]))
            case .wildcard: record.kind = SegmentKind.wildcard.rawValue
            case .anything: record.kind = SegmentKind.anything.rawValue
            }
            guard text.count <= UInt16.max else { throw .textTooLong("segment", text.count) }
            if !text.isEmpty {
                record.textOffset = sections.add(text, inside: written, at: offset).offset
            }
            record.textByteCount = UInt16(text.count)
            records.append(record)
            offset = sections.text.end(ofSegmentAt: offset, in: written) + 1
        }
        return segmentRuns.add(records, to: .segments, in: &sections)
    }

    private mutating func conditionRecords(
        _ conditions: MatchConditions
    ) throws(CompileProblem.Reason) -> [ConditionRecord] {
        var records: [ConditionRecord] = []
        if let kind = conditions.requestKind {
            var record = ConditionRecord()
            record.kind = ConditionKind.requestProtocol.rawValue
            record.value = UInt32(kind.rawValue)
            records.append(record)
        }
        if !conditions.methods.isEmpty {
            var record = ConditionRecord()
            record.kind = ConditionKind.methods.rawValue
            set(conditions.methods.joined(separator: ","), in: &record)
            records.append(record)
        }
        if !conditions.clientAddresses.isEmpty {
            var record = ConditionRecord()
            record.kind = ConditionKind.client.rawValue
            let ranges = conditions.clientAddresses.map(Self.record(of:))
            record.value = rangeRuns.add(ranges, to: .addressRanges, in: &sections)
            record.valueCount = UInt32(ranges.count)
            records.append(record)
        }
        for condition in conditions.headers {
            records.append(try self.record(of: condition, .header))
        }
        for condition in conditions.query { records.append(try self.record(of: condition, .query)) }
        for condition in conditions.cookies {
            records.append(try self.record(of: condition, .cookie))
        }
        return records
    }

    private mutating func set(_ text: String, in record: inout ConditionRecord) {
        let reference = sections.add(text)
        record.value = reference.offset
        record.valueCount = reference.byteCount
    }

    private mutating func record(
        of condition: MatchConditions.ValueCondition, _ kind: ConditionKind
    ) throws(CompileProblem.Reason) -> ConditionRecord {
        var record = ConditionRecord()
        record.kind = kind.rawValue
        let name = kind == .header ? condition.name.lowercased() : condition.name
        guard name.utf8.count <= UInt16.max else { throw .textTooLong("name", name.utf8.count) }
        record.nameOffset = sections.add(name).offset
        record.nameByteCount = UInt16(name.utf8.count)
        switch condition.test {
        case .equals(let text): set(text, in: &record)
        case .regex(let source, let ignoresCase):
            record.isRegex = 1
            record.value = UInt32(try lowering.addCondition(source, ignoresCase: ignoresCase))
        }
        return record
    }

    static func record(of range: AddressRange) -> AddressRangeRecord {
        var record = AddressRangeRecord()
        record.high = range.address[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        record.low = range.address[8...].reduce(0) { $0 << 8 | UInt64($1) }
        record.prefixLength = UInt8(range.prefixLength)
        return record
    }
}
