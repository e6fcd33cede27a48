import TableFormat
import Validate

extension TableEmitter {
    /// Files all routes: writes shapes and tries, and collects the keys of paths and the regex spaces.
    ///
    /// - Returns: Whether no two keys of tries had the same hash.
    mutating func emitPathIndex() -> Bool {
        var edges = KeyedRecords<TrieSlotRecord>()
        for index in hosts.indices {
            fileExactPaths(ofHost: index)
            emitShapes(ofHost: index, edges: &edges)
            collectSpace(ofHost: index)
        }
        guard
            let seed = emitHash(
                keys: edges.keys, records: edges.records, empty: TrieSlotRecord(),
                pilots: .triePilots, slots: .trieSlots)
        else { return false }
        seeds.trie = seed
        return true
    }

    /// Writes the hash of paths. All routes have their places by now.
    ///
    /// - Returns: Whether no two keys had the same hash.
    mutating func emitPathHash() -> Bool {
        guard let hash = PerfectHash(keys: pathKeys.keys) else { return false }
        sections.append(hash.pilots, to: .pathPilots)
        let slots = hash.keyOfSlot.map { number in
            number == PerfectHash.noKey ? PathSlot.none : pathSlot(ofKey: Int(number))
        }
        sections.append(slots.map(\.rawValue), to: .pathSlots)
        seeds.path = hash.seed
        return true
    }

    private mutating func pathSlot(ofKey number: Int) -> PathSlot {
        let key = pathKeys.keys[number]
        let candidates = pathKeys.records[number].candidates
        if candidates.count == 1 {
            return PathSlot(place: routePlaces[Int(candidates[0])], isRun: false, key: key)
        }
        let place = sections.count(of: .candidates)
        guard place < PathSlot.placeMax else {
            problems.append(CompileProblem(.tooManyRoutes(Int(place) * 4), at: nil))
            return .none
        }
        sections.append([UInt32(candidates.count)] + candidates, to: .candidates)
        return PathSlot(place: place, isRun: true, key: key)
    }

    private mutating func fileExactPaths(ofHost host: Int) {
        var places: [Filing: Int] = [:]
        var paths: [(path: [UInt8], candidates: [UInt32])] = []
        for (position, filing) in routeFilings[host].enumerated() {
            guard case .exact(let path) = filing else { continue }
            let route = firstRoutes[host] + UInt32(position)
            shapeOfRoute[Int(route)] = RouteRecord.wholePath
            if let place = places[filing] {
                paths[place].candidates.append(route)
            } else {
                places[filing] = paths.count
                paths.append((path, [route]))
            }
        }
        hostsWithExactPaths.append(!paths.isEmpty)
        for (path, candidates) in paths {
            pathKeys.append(PathKey(candidates: candidates), exactKey(path, host: host))
        }
    }

    private func exactKey(_ path: [UInt8], host: Int) -> UInt64 {
        var sum: UInt64 = 0
        var count: UInt32 = 0
        var start = 1
        while start <= path.count {
            let end = path[start...].firstIndex(of: UInt8(ascii: "/")) ?? path.count
            sum &+= TableHash.segment(path[start..<end], at: Int(count), seed: seeds.text)
            count += 1
            start = end + 1
        }
        return TableHash.key(
            sum, owner: UInt32(host), variant: TableHash.Variant.exact + count)
    }

    private mutating func emitShapes(
        ofHost host: Int, edges: inout KeyedRecords<TrieSlotRecord>
    ) {
        let index = HostShapes(routeFilings[host], firstRoute: firstRoutes[host])
        guard index.shapes.count <= TableLimits.shapeCountMax else {
            shapesOfHost.append([])
            emitTrie(index, into: &edges)
            return
        }
        trieOfHost.append(.none)
        for (number, shape) in index.shapes.enumerated() {
            let variant = TableHash.Variant.shape + UInt32(number)
            for (filed, candidates) in shape.entries {
                for route in candidates { shapeOfRoute[Int(route)] = UInt8(number) }
                pathKeys.append(
                    PathKey(candidates: candidates),
                    TableHash.key(
                        filed.keySum(textSeed: seeds.text), owner: UInt32(host), variant: variant))
            }
        }
        shapesOfHost.append(
            index.shapes.map { record(of: $0, firstRoute: firstRoutes[host]) })
    }

    private func record(of shape: HostShapes.Shape, firstRoute: UInt32) -> ShapeRecord {
        var record = ShapeRecord()
        record.literalSegments = shape.signature.literalSegments
        record.bestRoute = shape.bestRoute - firstRoute
        record.segmentCount = UInt8(shape.signature.segmentCount)
        record.tail = shape.signature.tail.rawValue
        record.affixSegment =
            shape.signature.affixSegment.map { UInt8($0) } ?? ShapeRecord.noSegment
        record.prefixByteCount = UInt8(shape.signature.prefixByteCount)
        record.suffixByteCount = UInt8(shape.signature.suffixByteCount)
        return record
    }

    private mutating func emitTrie(
        _ index: HostShapes, into edges: inout KeyedRecords<TrieSlotRecord>
    ) {
        var trie = SegmentTrie()
        for (shape, route) in index.filed { trie.insert(shape, route: route) }
        let root = sections.count(of: .trieNodes)
        trieOfHost.append(root)
        for node in trie.nodes {
            var record = TrieNodeRecord()
            record.depth = UInt8(node.depth)
            record.bestRoute = node.bestRoute
            record.openChild = node.openChild.map { root + UInt32($0) } ?? .none
            record.atEnd = sections.addCandidates(node.atEnd)
            record.below = sections.addCandidates(node.below)
            sections.append(record, to: .trieNodes)
        }
        for edge in trie.edges {
            let parent = root + UInt32(edge.parent)
            let hash = TableHash.segment(
                edge.text, at: trie.nodes[edge.parent].depth, seed: seeds.text)
            let key = TableHash.key(hash, owner: parent, variant: TableHash.Variant.edge)
            var record = TrieSlotRecord()
            record.tag = TableHash.tag(of: key)
            record.parent = parent
            record.child = root + UInt32(edge.child)
            record.segment = sections.add(edge.text)
            edges.append(record, key)
        }
    }

    private mutating func collectSpace(ofHost host: Int) {
        let filed = routeFilings[host].enumerated().map { position, filing in
            (candidate: firstRoutes[host] + UInt32(position), filing: filing)
        }
        let space = RegexSpaceIndex(filed)
        spaceOfHost.append(space.isEmpty ? .none : UInt32(spaces.count))
        if !space.isEmpty { spaces.append(space) }
    }
}
