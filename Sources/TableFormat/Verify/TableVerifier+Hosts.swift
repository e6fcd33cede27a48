extension TableVerifier {
    mutating func checkHosts() throws(TableDamage) {
        var nextRoute: UInt64 = 0
        var lastRoot: UInt32?
        for index in 0..<count(.hosts) {
            let host = view.host(index)
            try require(UInt64(host.firstRoute) == nextRoute, .hosts, index)
            nextRoute += UInt64(host.routeCount)
            try require(isInside(host.firstRoute, host.routeCount, .routePlaces), .hosts, index)
            try require(
                isInside(host.firstShape, host.shapeCount, .shapes), .hosts, index)
            try require(host.shapeCount <= UInt32(TableLimits.shapeCountMax), .hosts, index)
            if host.trieRoot != .none {
                try require(host.trieRoot < count(.trieNodes), .hosts, index)
                try require(view.trieNode(host.trieRoot).depth == 0, .hosts, index)
                try require(lastRoot.map { $0 < host.trieRoot } ?? true, .hosts, index)
                lastRoot = host.trieRoot
            }
            try useSpace(host.regexSpace, as: 1, by: index, .hosts, index)
            try require(isIndexOrNone(host.targetService, .services), .hosts, index)
            try require(isIndexOrNone(host.regex, .regexes), .hosts, index)
            try require(host.chain < count(.chains), .hosts, index)
            try require(UInt32(host.portGroup) < count(.portGroups), .hosts, index)
            let kind = HostKind(rawValue: host.kind)
            try require(kind != nil, .hosts, index)
            try require((kind == .regex) == (host.regex != .none), .hosts, index)
            try require(host.flags & ~HostRecord.hasExactPaths == 0, .hosts, index)
        }
        try require(nextRoute == UInt64(count(.routePlaces)), .hosts, count(.hosts))
    }

    /// A space has one subject: the paths of one host or the names of one port group.
    private mutating func useSpace(
        _ space: UInt32, as use: UInt8, by owner: UInt32, _ section: SectionKind, _ record: UInt32
    ) throws(TableDamage) {
        guard space != .none else { return }
        try require(space < count(.regexSpaces), section, record)
        try require(spaceUses[Int(space)] == 0, section, record)
        spaceUses[Int(space)] = use
        ownerOfSpace[Int(space)] = owner
    }

    mutating func checkPortGroups() throws(TableDamage) {
        var lastPort: UInt16?
        for index in 0..<count(.portGroups) {
            let group = view.portGroup(index)
            try require(lastPort.map { $0 < group.port } ?? true, .portGroups, index)
            lastPort = group.port
            try useSpace(group.regexSpace, as: 2, by: index, .portGroups, index)
            try require(isHost(group.anyHost, ofGroup: index), .portGroups, index)
        }
        for index in 0..<count(.hostSlots) {
            let slot = view.hostSlot(index)
            // Matching compares the name before it looks whether there is a rule.
            try require(isText(slot.nameOffset, UInt32(slot.nameByteCount)), .hostSlots, index)
            if slot.isEmpty { continue }
            try require(UInt32(slot.portGroup) < count(.portGroups), .hostSlots, index)
            let group = UInt32(slot.portGroup)
            try require(
                isHost(slot.exactHost, ofGroup: group) && isHost(slot.apexHost, ofGroup: group)
                    && isHost(slot.subdomainHost, ofGroup: group), .hostSlots, index)
        }
    }

    /// Whether a link leads nowhere, or to a host rule of a port group. Runs behind ``checkHosts()``.
    private func isHost(_ index: UInt32, ofGroup group: UInt32) -> Bool {
        index == .none
            || index < count(.hosts) && UInt32(view.host(index).portGroup) == group
    }
}
