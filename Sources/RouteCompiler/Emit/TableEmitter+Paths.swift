import TableFormat
import Validate

extension TableEmitter {
    /// Writes the hashes of exact paths, shapes and tries, and collects the regex spaces.
    ///
    /// - Returns: Whether no two keys had the same hash.
    mutating func emitPathIndex() -> Bool {
        var exact = KeyedRecords<ExactSlotRecord>()
        var shapes = KeyedRecords<ShapeSlotRecord>()
        var edges = KeyedRecords<TrieSlotRecord>()
        for index in hosts.indices {
            emitExactPaths(ofHost: index, into: &exact)
            emitShapes(ofHost: index, into: &shapes, edges: &edges)
            collectSpace(ofHost: index)
        }
        guard
            let exactSeed = emitHash(
                keys: exact.keys, records: exact.records, empty: ExactSlotRecord(),
                pilots: .exactPilots, slots: .exactSlots),
            let shapeSeed = emitHash(
                keys: shapes.keys, records: shapes.records, empty: ShapeSlotRecord(),
                pilots: .shapePilots, slots: .shapeSlots),
            let trieSeed = emitHash(
                keys: edges.keys, records: edges.records, empty: TrieSlotRecord(),
                pilots: .triePilots, slots: .trieSlots)
        else { return false }
        seeds.exact = exactSeed
        seeds.shape = shapeSeed
        seeds.trie = trieSeed
        return true
    }

    private mutating func emitExactPaths(
        ofHost host: Int, into exact: inout KeyedRecords<ExactSlotRecord>
    ) {
        var places: [Filing: Int] = [:]
        var paths: [(path: [UInt8], candidates: [UInt32])] = []
        for (position, filing) in routeFilings[host].enumerated() {
            guard case .exact(let path) = filing else { continue }
            let route = firstRoutes[host] + UInt32(position)
            if let place = places[filing] {
                paths[place].candidates.append(route)
            } else {
                places[filing] = paths.count
                paths.append((path, [route]))
            }
        }
        hostsWithExactPaths.append(!paths.isEmpty)
        for (path, candidates) in paths {
            guard candidates.count <= UInt16.max else {
                problems.append(
                    CompileProblem(
                        .tooManyWith("routes have the same path", candidates.count),
                        at: hosts[host].rule.pattern.range))
                continue
            }
            let key = exactKey(path, host: host)
            var record = ExactSlotRecord()
            record.tag = TableHash.tag(of: key)
            record.pathOffset = sections.add(path).offset
            record.pathByteCount = UInt16(path.count)
            record.candidateCount = UInt16(candidates.count)
            record.firstCandidate = sections.addCandidates(candidates).first
            exact.append(record, key)
        }
    }

    private func exactKey(_ path: [UInt8], host: Int) -> UInt64 {
        var sum: UInt64 = 0
        var count: UInt32 = 0
        var start = 1
        while start <= path.count {
            let end = path[start...].firstIndex(of: UInt8(ascii: "/")) ?? path.count
            sum &+= TableHash.positioned(
                TableHash.bytes(path[start..<end], seed: seeds.text), at: Int(count))
            count += 1
            start = end + 1
        }
        return TableHash.key(sum, owner: UInt32(host), variant: count)
    }

    private mutating func emitShapes(
        ofHost host: Int, into slots: inout KeyedRecords<ShapeSlotRecord>,
        edges: inout KeyedRecords<TrieSlotRecord>
    ) {
        let index = HostShapes(routeFilings[host], firstRoute: firstRoutes[host])
        let first = sections.count(of: .shapes)
        guard index.shapes.count <= TableLimits.shapeCountMax else {
            shapesOfHost.append((first, 0))
            emitTrie(index, into: &edges)
            return
        }
        shapesOfHost.append((first, UInt32(index.shapes.count)))
        trieOfHost.append(.none)
        for shape in index.shapes {
            let number = sections.append(record(of: shape), to: .shapes)
            for (filed, candidates) in shape.entries {
                let sum = filed.keySum(textSeed: seeds.text)
                let key = TableHash.key(sum, owner: number, variant: TableHash.Variant.shape)
                var record = ShapeSlotRecord()
                record.tag = TableHash.tag(of: key)
                record.shape = number
                record.candidates = sections.addCandidates(candidates)
                slots.append(record, key)
            }
        }
    }

    private func record(of shape: HostShapes.Shape) -> ShapeRecord {
        var record = ShapeRecord()
        record.literalSegments = shape.signature.literalSegments
        record.bestRoute = shape.bestRoute
        record.segmentCount = UInt8(shape.signature.segmentCount)
        record.tail = shape.signature.tail.rawValue
        record.affixSegment =
            shape.signature.affixSegment.map { UInt8($0) } ?? ShapeRecord.noSegment
        record.prefixByteCount = UInt16(shape.signature.prefixByteCount)
        record.suffixByteCount = UInt16(shape.signature.suffixByteCount)
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
            let hash = TableHash.positioned(
                TableHash.bytes(edge.text, seed: seeds.text), at: trie.nodes[edge.parent].depth)
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
