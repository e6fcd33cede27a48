import TableFormat

extension Matcher {
    /// The route of `host` that takes the request. ``matchedAction`` is then what it does.
    ///
    /// The hash gives the best route that is not a regex; then the regexes that could still win are
    /// run, best first, so the first that matches is the answer.
    mutating func findRoute(
        of host: HostRecord, _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) -> Search {
        var search = RouteSearch(firstRoute: host.firstRoute, routeCount: host.routeCount)
        pending.removeAll()
        if host.flags & HostRecord.hasExactPaths != 0 {
            work.pathProbes &+= 1
            let variant = TableHash.Variant.exact &+ UInt32(truncatingIfNeeded: path.segmentCount)
            let key = TableHash.key(path.hashSum, owner: matchedHost, variant: variant)
            look(for: key, RouteRecord.wholePath, &search, request, in: table)
        }
        var shapes = table.view.shapeSet(ofHost: matchedHost, segmentCount: path.segmentCount)
        while shapes != 0 {
            let number = UInt32(truncatingIfNeeded: shapes.trailingZeroBitCount)
            shapes &= shapes &- 1
            let shape = table.view.shape(host.firstShape &+ number)
            guard host.firstRoute &+ shape.bestRoute < search.best else { break }
            work.pathProbes &+= 1
            guard let key = key(of: shape, number, in: table) else { continue }
            look(for: key, UInt8(truncatingIfNeeded: number), &search, request, in: table)
        }
        if host.trieRoot != .none { searchTrie(host.trieRoot, &search, request, in: table) }
        if host.regexSpace != .none {
            // SAFETY: the path stays as it is while regexes are collected and run.
            let subject = unsafe path.buffer
            unsafe collectRegexes(
                ofSpace: host.regexSpace, subject: subject, below: search.best, in: table)
        }
        return runRegexes(&search, request, in: table)
    }

    /// Looks at what the hash of paths has for a key. Most keys end at the slot.
    ///
    /// - Parameter shape: What the routes of the key are filed under.
    @inline(__always)
    private mutating func look(
        for key: UInt64, _ shape: UInt8, _ search: inout RouteSearch,
        _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) {
        let slot = table.view.pathSlot(of: key, seed: table.seeds.path)
        guard slot.mayHold(key) else { return }
        if slot.isRun {
            searchRun(of: slot, shape, &search, request, in: table)
            return
        }
        // A pattern may reach into the next line.
        if fetchesEarly { table.view.fetchRoute(at: slot.place) }
        consider(table.view.route(at: slot.place), shape, &search, request, in: table)
    }

    private mutating func searchRun(
        of slot: PathSlot, _ shape: UInt8, _ search: inout RouteSearch,
        _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) {
        guard slot != .none else { return }
        let run = table.view.candidates(countedAt: slot.place)
        // All are of one host and of one shape: those of another are not gone through.
        let first = table.view.candidate(run, at: 0)
        guard search.routes.contains(first), table.view.route(first).shape == shape else { return }
        searchRun(run, shape, &search, request, in: table)
    }

    /// Looks at candidates, best first; regexes are kept for later.
    private mutating func searchRun(
        _ run: CandidateRun, _ shape: UInt8, _ search: inout RouteSearch,
        _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) {
        for position in 0..<run.count {
            let candidate = table.view.candidate(run, at: position)
            guard candidate < search.best else { return }
            consider(table.view.route(candidate), shape, &search, request, in: table)
        }
    }

    /// Takes a route if it is better than what there is and takes the request. A regex is kept for later.
    @inline(__always)
    private mutating func consider(
        _ route: RouteRecord, _ shape: UInt8, _ search: inout RouteSearch,
        _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) {
        let index = route.index
        guard index >= search.routes.lowerBound, index < search.best, route.shape == shape else {
            return
        }
        if route.kind == RouteKind.regex.rawValue {
            if shape != RouteRecord.wholePath { pending.push(index) }
            return
        }
        work.routeChecks &+= 1
        guard segmentsMatch(route) else { return }
        if route.conditionCount > 0 {
            switch conditionsHold(of: route, request, in: table) {
            case .noMatch: return
            case .match: search.isTooExpensive = false
            case .tooExpensive: search.isTooExpensive = true
            }
        } else {
            search.isTooExpensive = false
        }
        search.best = index
        matchedAction = route.action
    }

    /// The key that the path has in a shape of the host, or nil where it has not the shape.
    @inline(__always)
    private mutating func key(
        of shape: ShapeRecord, _ number: UInt32, in table: borrowing LoadedTable
    ) -> UInt64? {
        // Below six segments the host has said so.
        if path.segmentCount >= ShapeSets.count {
            let wanted = Int(shape.segmentCount)
            guard
                shape.tail == TailKind.end.rawValue
                    ? path.segmentCount == wanted : path.segmentCount >= wanted
            else { return nil }
        }
        var sum: UInt64 = 0
        var literals = shape.literalSegments
        var first = 0
        // Four at a time and without a branch for each: which are literal differs from shape to shape.
        while literals != 0 {
            for position in 0..<4 {
                let isLiteral = 0 &- (literals &>> UInt64(position) & 1)
                // SAFETY: there is room for the hashes of the most segments and three more.
                sum &+= unsafe path.hashes[first &+ position] & isLiteral
            }
            literals &>>= 4
            first &+= 4
        }
        if shape.affixSegment != ShapeRecord.noSegment {
            guard let affixes = affixSum(of: shape, in: table) else { return nil }
            sum &+= affixes
        }
        return TableHash.key(
            sum, owner: matchedHost, variant: TableHash.Variant.shape &+ number)
    }

    /// What both ends of one segment add to a key, or nil where it is too short for them.
    private mutating func affixSum(
        of shape: ShapeRecord, in table: borrowing LoadedTable
    ) -> UInt64? {
        let (start, count) = path.segment(Int(shape.affixSegment))
        let prefix = Int(shape.prefixByteCount)
        let suffix = Int(shape.suffixByteCount)
        guard prefix + suffix <= count else { return nil }
        // SAFETY: both ends lie inside the segment, behind which the path has slack.
        let first = unsafe path.bytes + start
        let sum = unsafe TableHash.segment(
            first, count: prefix, at: TableHash.prefixPosition, seed: table.seeds.text)
        return unsafe sum
            &+ TableHash.segment(
                first + count - suffix, count: suffix, at: TableHash.suffixPosition,
                seed: table.seeds.text)
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
                searchRun(node.below, RouteRecord.noShape, &search, request, in: table)
                let depth = Int(node.depth)
                guard depth < path.segmentCount else {
                    searchRun(node.atEnd, RouteRecord.noShape, &search, request, in: table)
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
            switch unsafe regexes.match(route.regex, subject, in: table) {
            case .noMatch: continue
            case .tooExpensive: return .tooExpensive
            case .match:
                matchedAction = route.action
                return .found(candidate)
            }
        }
        return search.result
    }
}
