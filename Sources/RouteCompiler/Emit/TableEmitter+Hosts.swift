import TableFormat
import Validate

extension TableEmitter {
    /// The port of a group; 0 for the rules without one.
    private func port(of host: LoweredHost) -> UInt16 { host.rule.port ?? 0 }

    /// Writes port groups and the hash of host names.
    ///
    /// - Returns: Whether no two keys had the same hash.
    mutating func emitHostIndex() -> Bool {
        var ports: [UInt16] = []
        for port in hosts.map(port(of:)).sorted() where ports.last != port { ports.append(port) }
        var groupOfPort: [UInt16: UInt32] = [:]
        for (group, port) in ports.enumerated() { groupOfPort[port] = UInt32(group) }
        portGroupOfHost = hosts.map { groupOfPort[port(of: $0)] ?? 0 }
        var groups = ports.map { port in
            var group = PortGroupRecord()
            group.port = port
            return group
        }
        addHostRegexSpaces(to: &groups)

        var records: [HostSlotRecord] = []
        var keys: [UInt64] = []
        var places: [HostName: Int] = [:]
        for (index, host) in hosts.enumerated() {
            let group = portGroupOfHost[index]
            switch host.rule.pattern.value {
            case .any: groups[Int(group)].anyHost = UInt32(index)
            case .regex: continue
            case .exact(let name):
                let name = HostName(group, Array(name.utf8))
                let place = slot(name, of: host, &places, &records, &keys)
                records[place].exactHost = UInt32(index)
            case .wildcard(let suffix, let includesApex):
                let name = HostName(group, Array(suffix.utf8))
                let place = slot(name, of: host, &places, &records, &keys)
                if includesApex {
                    records[place].apexHost = UInt32(index)
                    // The rule without the apex is the narrower one and keeps the subdomains.
                    if records[place].subdomainHost == .none {
                        records[place].subdomainHost = UInt32(index)
                    }
                } else {
                    records[place].subdomainHost = UInt32(index)
                }
                groups[Int(group)].labelDepths |= 1 << UInt64(min(name.labels.count, 64) - 1)
            }
        }
        for group in groups { sections.append(group, to: .portGroups) }
        guard
            let seed = emitHash(
                keys: keys, records: records, empty: HostSlotRecord(), pilots: .hostPilots,
                slots: .hostSlots)
        else { return false }
        seeds.host = seed
        return true
    }

    private mutating func slot(
        _ name: HostName, of host: LoweredHost, _ places: inout [HostName: Int],
        _ records: inout [HostSlotRecord], _ keys: inout [UInt64]
    ) -> Int {
        if let place = places[name] { return place }
        places[name] = records.count
        var record = HostSlotRecord()
        let key = name.key(textSeed: seeds.text)
        record.tag = TableHash.tag(of: key)
        let written = sections.add(host.rule.patternText)
        record.nameOffset =
            sections.add(name.text, inside: written, at: Int(written.byteCount) - name.text.count)
            .offset
        record.nameByteCount = UInt16(name.text.count)
        record.portGroup = UInt16(name.group)
        records.append(record)
        keys.append(key)
        return records.count - 1
    }

    private mutating func addHostRegexSpaces(to groups: inout [PortGroupRecord]) {
        var filed = [[(candidate: UInt32, filing: Filing)]](repeating: [], count: groups.count)
        for (index, host) in hosts.enumerated() where host.regex != nil {
            filed[Int(portGroupOfHost[index])].append((UInt32(index), hostFilings[index]))
        }
        for group in groups.indices {
            let space = RegexSpaceIndex(filed[group])
            guard !space.isEmpty else { continue }
            groups[group].regexSpace = UInt32(spaces.count)
            spaces.append(space)
        }
    }

    /// Writes the host records. All that they link to has its index by now.
    mutating func emitHosts() {
        for (index, host) in hosts.enumerated() {
            var record = HostRecord()
            record.firstRoute = firstRoutes[index]
            record.routeCount = UInt32(host.routes.count)
            record.firstShape = shapeRuns.add(shapesOfHost[index], to: .shapes, in: &sections)
            record.shapeCount = UInt32(shapesOfHost[index].count)
            for (number, shape) in shapesOfHost[index].enumerated() {
                record.shapeSets.insert(shape, number: number)
            }
            record.trieRoot = trieOfHost[index]
            record.regexSpace = spaceOfHost[index]
            record.targetService = host.rule.target.map { UInt32($0) } ?? .none
            record.regex = host.regex.map { UInt32($0) } ?? .none
            record.chain = chain(of: host)
            record.portGroup = UInt16(portGroupOfHost[index])
            record.kind = Self.kind(of: host.rule.pattern.value).rawValue
            record.flags = hostsWithExactPaths[index] ? HostRecord.hasExactPaths : 0
            sections.append(record, to: .hosts)
        }
    }

    /// The chain of requests that go to the host's target. Without a target there are none, so that it does
    /// not matter what its pattern captures.
    private mutating func chain(of host: LoweredHost) -> UInt32 {
        do {
            return try chain(of: host.rule.middlewares, captures: host.captures)
        } catch {
            if host.rule.target != nil {
                problems.append(CompileProblem(error, at: host.rule.pattern.range))
            }
            return chainRuns.add([ChainRecord()], to: .chains, in: &sections)
        }
    }

    private static func kind(of pattern: HostPattern) -> HostKind {
        switch pattern {
        case .exact: .exact
        case .wildcard(_, let includesApex): includesApex ? .wildcardWithApex : .wildcard
        case .regex: .regex
        case .any: .any
        }
    }
}
