import TableFormat

extension Matcher {
    /// The host rule that keeps the request: those for its port before those for all ports.
    mutating func findHost(port: UInt16, in table: borrowing LoadedTable) -> Search {
        guard let groups = Self.portGroups(for: port, in: table) else { return .notFound }
        if let specific = groups.specific {
            let search = findHost(inGroup: specific, in: table)
            if search != .notFound { return search }
        }
        guard let portless = groups.portless else { return .notFound }
        return findHost(inGroup: portless, in: table)
    }

    private static func portGroups(
        for port: UInt16, in table: borrowing LoadedTable
    ) -> (specific: UInt32?, portless: UInt32?)? {
        let count = UInt32(table.view.count(of: .portGroups))
        guard count > 0 else { return nil }
        let portless: UInt32? = table.view.portGroup(0).port == 0 ? 0 : nil
        guard port != 0 else { return (nil, portless) }
        var low: UInt32 = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            let found = table.view.portGroup(middle).port
            if found == port { return (middle, portless) }
            if found < port { low = middle + 1 } else { high = middle }
        }
        return (nil, portless)
    }

    /// Exact, then the longest wildcard, then regexes as listed, then `*`.
    private mutating func findHost(
        inGroup index: UInt32, in table: borrowing LoadedTable
    ) -> Search {
        let group = table.view.portGroup(index)
        if host.labelCount > 0 {
            if let slot = probe(labels: host.labelCount, group: index, in: table) {
                if slot.exactHost != .none { return .found(slot.exactHost) }
                if slot.apexHost != .none { return .found(slot.apexHost) }
            }
            var labels = host.labelCount - 1
            while labels > 0 {
                let bit = UInt64(min(labels, 64) - 1)
                if group.labelDepths &>> bit & 1 == 1,
                    let slot = probe(labels: labels, group: index, in: table),
                    slot.subdomainHost != .none
                {
                    return .found(slot.subdomainHost)
                }
                labels -= 1
            }
        }
        let search = findHostByRegex(group, in: table)
        if search != .notFound { return search }
        return group.anyHost == .none ? .notFound : .found(group.anyHost)
    }

    /// The slot of the last `labels` labels of the host, if a rule has that name.
    private mutating func probe(
        labels: Int, group: UInt32, in table: borrowing LoadedTable
    ) -> HostSlotRecord? {
        work.hostProbes &+= 1
        // SAFETY: `labels` is between 1 and `labelCount`.
        let sum = unsafe host.sums[labels - 1]
        let key = TableHash.key(sum, owner: group, variant: UInt32(labels))
        guard
            let index = table.view.slot(
                of: key, pilots: .hostPilots, slots: .hostSlots, seed: table.seeds.host)
        else { return nil }
        let slot = table.view.hostSlot(index)
        guard slot.tag == TableHash.tag(of: key), UInt32(slot.portGroup) == group else {
            return nil
        }
        let start = unsafe Int(host.labelStarts[labels - 1])
        guard Int(slot.nameByteCount) == host.count - start else { return nil }
        let name = unsafe table.view.text(
            offset: slot.nameOffset, byteCount: Int(slot.nameByteCount))
        let suffix = unsafe UnsafeRawBufferPointer(start: host.bytes + start, count: name.count)
        return unsafe Bytes.areEqual(name, suffix) ? slot : nil
    }

    private mutating func findHostByRegex(
        _ group: PortGroupRecord, in table: borrowing LoadedTable
    ) -> Search {
        guard group.regexSpace != .none else { return .notFound }
        pending.removeAll()
        // SAFETY: the host stays as it is while regexes are collected and run.
        let subject = unsafe host.buffer
        unsafe collectRegexes(ofSpace: group.regexSpace, subject: subject, below: .none, in: table)
        // What the index of regexes is asked counts for the host here.
        work.hostProbes &+= work.pathProbes
        work.pathProbes = 0
        if pending.isOverfull { return .tooExpensive }
        var last = UInt32.none
        while let index = pending.pop() {
            if index == last { continue }
            last = index
            let regex = table.view.host(index).regex
            guard regex != .none else { continue }
            work.hostRegexes &+= 1
            switch unsafe regexes.match(regex, subject, in: table) {
            case .match: return .found(index)
            case .noMatch: continue
            case .tooExpensive: return .tooExpensive
            }
        }
        return .notFound
    }
}
