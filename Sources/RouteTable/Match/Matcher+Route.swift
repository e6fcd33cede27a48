import TableFormat

extension Matcher {
    /// The route of `host` that takes the request.
    ///
    /// The hashes give the best route that is not a regex; then the regexes that could still win are
    /// run, best first, so the first that matches is the answer.
    mutating func findRoute(
        of host: HostRecord, _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) -> Search {
        var search = RouteSearch(firstRoute: host.firstRoute, routeCount: host.routeCount)
        pending.removeAll()
        if host.flags & HostRecord.hasExactPaths != 0 {
            searchExact(&search, request, in: table)
        }
        searchShapes(of: host, &search, request, in: table)
        if host.trieRoot != .none { searchTrie(host.trieRoot, &search, request, in: table) }
        if host.regexSpace != .none {
            // SAFETY: the path stays as it is while regexes are collected and run.
            let subject = unsafe path.buffer
            unsafe collectRegexes(
                ofSpace: host.regexSpace, subject: subject, below: search.best, in: table)
        }
        return runRegexes(&search, request, in: table)
    }

    private mutating func searchExact(
        _ search: inout RouteSearch, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) {
        work.pathProbes &+= 1
        let key = TableHash.key(
            path.hashSum, owner: matchedHost, variant: UInt32(path.segmentCount))
        guard
            let index = table.view.slot(
                of: key, pilots: .exactPilots, slots: .exactSlots, seed: table.seeds.exact)
        else { return }
        let slot = table.view.exactSlot(index)
        guard slot.tag == TableHash.tag(of: key), Int(slot.pathByteCount) == path.count else {
            return
        }
        // SAFETY: the bytes lie in the table, which outlives the call.
        let text = unsafe table.view.text(offset: slot.pathOffset, byteCount: path.count)
        guard unsafe Bytes.areEqual(text, path.buffer) else { return }
        let run = slot.candidates
        for position in 0..<run.count {
            let candidate = table.view.candidate(run, at: position)
            guard search.routes.contains(candidate), candidate < search.best else { return }
            let route = table.view.route(candidate)
            guard route.kind == RouteKind.exact.rawValue else { continue }
            work.routeChecks &+= 1
            if decide(candidate, route, &search, request, in: table) { return }
        }
    }

    /// - Returns: Whether the candidate is the best now; those behind it in its run are worse.
    private mutating func decide(
        _ candidate: UInt32, _ route: RouteRecord, _ search: inout RouteSearch,
        _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) -> Bool {
        switch conditionsHold(of: route, request, in: table) {
        case .noMatch: return false
        case .match: search.isTooExpensive = false
        case .tooExpensive: search.isTooExpensive = true
        }
        search.best = candidate
        return true
    }

    private mutating func searchShapes(
        of host: HostRecord, _ search: inout RouteSearch, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) {
        for number in 0..<host.shapeCount {
            let index = host.firstShape + number
            let shape = table.view.shape(index)
            guard shape.bestRoute < search.best else { return }
            work.pathProbes &+= 1
            guard let key = key(of: shape, index, in: table),
                let slotIndex = table.view.slot(
                    of: key, pilots: .shapePilots, slots: .shapeSlots, seed: table.seeds.shape)
            else { continue }
            let slot = table.view.shapeSlot(slotIndex)
            guard slot.tag == TableHash.tag(of: key), slot.shape == index else { continue }
            searchRun(slot.candidates, &search, request, in: table)
        }
    }

    /// The key that the path has in a shape, or nil where it has not the shape.
    @inline(__always)
    private mutating func key(
        of shape: ShapeRecord, _ index: UInt32, in table: borrowing LoadedTable
    ) -> UInt64? {
        let segmentCount = Int(shape.segmentCount)
        guard
            shape.tail == TailKind.end.rawValue
                ? path.segmentCount == segmentCount : path.segmentCount >= segmentCount
        else { return nil }
        var sum: UInt64 = 0
        var literals = shape.literalSegments
        while literals != 0 {
            // SAFETY: literal positions are below the shape's segment count, so below the path's.
            sum &+= unsafe path.hashes[literals.trailingZeroBitCount]
            literals &= literals &- 1
        }
        if shape.affixSegment != ShapeRecord.noSegment {
            let (start, count) = path.segment(Int(shape.affixSegment))
            let prefix = Int(shape.prefixByteCount)
            let suffix = Int(shape.suffixByteCount)
            guard prefix + suffix <= count else { return nil }
            // SAFETY: both ends lie inside the segment.
            let first = unsafe path.bytes + start
            sum &+= TableHash.affixes(
                prefix: unsafe TableHash.bytes(first, count: prefix, seed: table.seeds.text),
                suffix: unsafe TableHash.bytes(
                    first + count - suffix, count: suffix, seed: table.seeds.text))
        }
        return TableHash.key(sum, owner: index, variant: TableHash.Variant.shape)
    }

    /// Looks at candidates of any kind but exact; regexes are kept for later.
    private mutating func searchRun(
        _ run: CandidateRun, _ search: inout RouteSearch, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) {
        for position in 0..<run.count {
            let candidate = table.view.candidate(run, at: position)
            guard candidate < search.best else { return }
            guard search.routes.contains(candidate) else { continue }
            let route = table.view.route(candidate)
            if route.kind == RouteKind.regex.rawValue {
                pending.push(candidate)
                continue
            }
            work.routeChecks &+= 1
            guard route.kind == RouteKind.segments.rawValue, segmentsMatch(route, in: table) else {
                continue
            }
            if decide(candidate, route, &search, request, in: table) { return }
        }
    }

    /// Visits each node that the path leads to once: the literal child at once, the open one later.
    private mutating func searchTrie(
        _ root: UInt32, _ search: inout RouteSearch, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) {
        trieStack.removeAll()
        trieStack.push(root)
        while var index = trieStack.pop() {
            while true {
                work.pathProbes &+= 1
                let node = table.view.trieNode(index)
                guard node.bestRoute < search.best else { break }
                searchRun(node.below, &search, request, in: table)
                let depth = Int(node.depth)
                guard depth < path.segmentCount else {
                    searchRun(node.atEnd, &search, request, in: table)
                    break
                }
                if node.openChild != .none { trieStack.push(node.openChild) }
                guard let child = literalChild(of: index, depth: depth, in: table) else { break }
                index = child
            }
        }
    }

    private mutating func literalChild(
        of parent: UInt32, depth: Int, in table: borrowing LoadedTable
    ) -> UInt32? {
        work.pathProbes &+= 1
        // SAFETY: `depth` is below the path's segment count.
        let key = TableHash.key(
            unsafe path.hashes[depth], owner: parent, variant: TableHash.Variant.edge)
        guard
            let index = table.view.slot(
                of: key, pilots: .triePilots, slots: .trieSlots, seed: table.seeds.trie)
        else { return nil }
        let slot = table.view.trieSlot(index)
        guard slot.tag == TableHash.tag(of: key), slot.parent == parent, slot.child != .none,
            unsafe Bytes.areEqual(table.view.text(slot.segment), path.segmentBytes(depth))
        else { return nil }
        return slot.child
    }

    /// Runs the pending regexes that stand before the best route, best first.
    private mutating func runRegexes(
        _ search: inout RouteSearch, _ request: borrowing RequestView,
        in table: borrowing LoadedTable
    ) -> Search {
        if pending.isOverfull { return .tooExpensive }
        let subject = unsafe path.buffer
        var last = UInt32.none
        while let candidate = pending.pop(), candidate < search.best {
            guard search.routes.contains(candidate), candidate != last else { continue }
            last = candidate
            let route = table.view.route(candidate)
            guard route.kind == RouteKind.regex.rawValue else { continue }
            work.routeChecks &+= 1
            switch conditionsHold(of: route, request, in: table) {
            case .noMatch: continue
            case .tooExpensive: return .tooExpensive
            case .match: break
            }
            work.routeRegexes &+= 1
            // SAFETY: the path stays as it is while regexes are run.
            switch unsafe regexes.match(route.content, subject, in: table) {
            case .noMatch: continue
            case .tooExpensive: return .tooExpensive
            case .match: return .found(candidate)
            }
        }
        return search.result
    }
}
