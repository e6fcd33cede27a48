import TableFormat
import Validate

extension TableEmitter {
    /// Writes the routes with their patterns, conditions and actions.
    mutating func emitRoutes() {
        for host in hosts {
            for route in host.routes {
                let index = UInt32(routePlaces.count)
                do {
                    routePlaces.append(try emit(route, index, of: host))
                } catch {
                    routePlaces.append(0)
                    problems.append(CompileProblem(error, at: route.rule.pattern.range))
                }
            }
        }
        let end = sections.count(of: .routes)
        if end >= PathSlot.placeMax {
            problems.append(
                CompileProblem(.tooManyRoutes(Int(end) * RouteRecord.unit), at: nil))
        }
        for place in routePlaces { sections.append(RoutePlace(unit: place), to: .routePlaces) }
    }

    private mutating func emit(
        _ route: LoweredRoute, _ index: UInt32, of host: LoweredHost
    ) throws(CompileProblem.Reason) -> UInt32 {
        var record = RouteEncoding()
        record.index = index
        record.shape = shapeOfRoute[Int(index)]
        let written = sections.add(route.rule.patternText)
        route.written = written
        switch route.pattern {
        case .exact(let path): try record.set(path: path)
        case .segments(let segments, let tail):
            record.kind = .segments
            record.tail = tail
            try record.set(segments)
        case .regex(let regex):
            record.kind = .regex
            record.regex = UInt32(regex)
            // What PCRE2 is given is mostly a part of what was written.
            let source = lowering.regexes.regexes[regex].source
            _ = sections.add(
                source, inside: written, at: Int(written.byteCount) - source.count)
        }
        let conditions = try conditionRecords(route.rule.conditions)
        record.conditionCount = UInt8(conditions.count)
        if !conditions.isEmpty {
            record.firstCondition = conditionRuns.add(
                conditions, to: .conditions, in: &sections)
        }
        record.action = try emitAction(of: route, host: host)
        return record.append(to: &sections)
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
