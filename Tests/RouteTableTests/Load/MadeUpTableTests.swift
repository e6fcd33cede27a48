import RouteCompiler
import RouteTable
import TableFormat
import Testing

/// Goal: what matching takes for granted about the order of records is checked when a table is loaded; else a made-up
/// table could let a worse route win than the one that its own listing names, or cost more than it states.
/// Method: one field of the sample is changed, and all checksums are made to fit.
@Suite("Made-up tables")
struct MadeUpTableTests {
    private var table: TableEditor

    init() throws { table = try TableEditor(SampleTable.compiled.bytes) }

    private func expectRefusal(of section: SectionKind) throws {
        let bytes = try #require(table.repaired)
        do {
            _ = try LoadedTable(checking: bytes, isTrusted: false)
            Issue.record("the table was accepted")
        } catch TableError.invalidRecord(let found, _) {
            #expect(found == section)
        }
    }

    private func hostWithShapes() throws -> Int {
        try #require((0..<table.count(of: .hosts)).first { table.get(.hosts, $0, at: 12) >= 2 })
    }

    @Test("A step of a guard and its middleware are of one kind")
    mutating func kindOfStep() throws {
        let steps = 0..<table.count(of: .guardSteps)
        let step = try #require(
            steps.first { table.get(.guardSteps, $0, at: 8, byteCount: 1) == 4 })
        let other = try #require(
            steps.first { table.get(.guardSteps, $0, at: 8, byteCount: 1) == 7 })
        table.set(.guardSteps, step, at: 4, to: table.get(.guardSteps, other, at: 4))
        try expectRefusal(of: .guardSteps)
    }

    @Test("What a WebSocket is told when its token ends is a code that may be sent, of tokens")
    mutating func expiredCloseCode() throws {
        let untouched = table
        for code in [1, 999, 1_004, 1_006, 1_015, 2_999, 5_000, 65_535] as [UInt32] {
            table = untouched
            table.set(.authPolicies, 0, at: 74, byteCount: 2, to: code)
            try expectRefusal(of: .authPolicies)
        }
        for code in [0, 1_000, 3_000, 4_999] as [UInt32] {
            table = untouched
            table.set(.authPolicies, 0, at: 74, byteCount: 2, to: code)
            let bytes = try #require(table.repaired)
            let policy = try LoadedTable(checking: bytes, isTrusted: false).authPolicies()[0]
            #expect(policy.expiredCloseCode == (code == 0 ? 1_008 : UInt16(code)))
        }
    }

    @Test("An answer that services fall back on has a status, and texts that can be sent")
    mutating func fallbackAnswer() throws {
        let untouched = table
        let lines = table.get(.fallbackAnswers, 0, at: 0)
        let lineByteCount = table.get(.fallbackAnswers, 0, at: 4)
        let changes: [(offset: Int, byteCount: Int, value: UInt32)] = [
            (28, 2, 101), (28, 2, 600),
            // Field lines: cut, begun late, behind the texts, and as the media type.
            (4, 4, lineByteCount - 1), (0, 4, lines + UInt32("Cache-Control".utf8.count)),
            (0, 4, .max), (8, 4, lines),
        ]
        for change in changes {
            table = untouched
            if change.offset == 8 {
                table.set(.fallbackAnswers, 0, at: 12, to: lineByteCount)
            }
            table.set(
                .fallbackAnswers, 0, at: change.offset, byteCount: change.byteCount,
                to: change.value)
            try expectRefusal(of: .fallbackAnswers)
        }
        // No such answer; kept ones without an age, too large, or larger than all together.
        let policies: [(offset: Int, value: UInt32)] = [
            (192, 1), (196, 0), (200, 131_073), (204, 65_535), (204, (1 << 30) + 1),
        ]
        for policy in policies {
            table = untouched
            table.set(.servicePolicies, 0, at: policy.offset, to: policy.value)
            try expectRefusal(of: .servicePolicies)
        }
    }

    @Test("Shapes of a host stand in the order of their best routes")
    mutating func shapeOrder() throws {
        let first = Int(table.get(.hosts, try hostWithShapes(), at: 8))
        let best = table.get(.shapes, first + 1, at: 8)
        table.set(.shapes, first, at: 8, to: best + 1)
        try expectRefusal(of: .shapes)
    }

    @Test("No shape holds a better route than it states")
    mutating func bestRouteOfShape() throws {
        // One that may be worse by one without leaving its place.
        var shapes: [Int] = []
        for host in 0..<table.count(of: .hosts) {
            let first = Int(table.get(.hosts, host, at: 8))
            let bests = (0..<Int(table.get(.hosts, host, at: 12))).map {
                table.get(.shapes, first + $0, at: 8)
            }
            let end = table.get(.hosts, host, at: 4)
            for (index, next) in zip(bests.indices, bests.dropFirst() + [end])
            where bests[index] + 1 < next {
                shapes.append(first + index)
            }
        }
        let shape = try #require(shapes.first)
        table.set(.shapes, shape, at: 8, to: table.get(.shapes, shape, at: 8) + 1)
        try expectRefusal(of: .routes)
    }

    @Test("A route is filed under a shape of its own host")
    mutating func shapeOfRoute() throws {
        let host = try hostWithShapes()
        let place = table.get(.routePlaces, Int(table.get(.hosts, host, at: 0)), at: 0)
        table.set(
            .routes, Int(place), at: 11, byteCount: 1, to: table.get(.hosts, host, at: 12))
        try expectRefusal(of: .routes)
    }

    @Test("A slot leads to the start of a route")
    mutating func placeOfSlot() throws {
        let slot = try #require(
            (0..<table.count(of: .pathSlots)).first {
                table.get(.pathSlots, $0, at: 0) & 0x8000_0000 == 0
            })
        table.set(.pathSlots, slot, at: 0, to: table.get(.pathSlots, slot, at: 0) + 1)
        try expectRefusal(of: .pathSlots)
    }

    @Test("The routes of a slot are of one shape: their number is counted for it")
    mutating func shapesOfSlot() throws {
        let slot = try #require(
            (0..<table.count(of: .pathSlots)).first {
                let value = table.get(.pathSlots, $0, at: 0)
                return value != .max && value & 0x8000_0000 != 0
            }, "two routes of the sample differ in their conditions alone")
        let run = Int(table.get(.pathSlots, slot, at: 0) & 0xFF_FFFF)
        let last = table.get(.candidates, run + Int(table.get(.candidates, run, at: 0)), at: 0)
        let place = Int(table.get(.routePlaces, Int(last), at: 0))
        table.set(.routes, place, at: 11, byteCount: 1, to: UInt32(RouteRecord.noShape))
        try expectRefusal(of: .pathSlots)
    }

    @Test("A route begins where it is said to")
    mutating func placeOfRoute() throws {
        table.set(.routePlaces, 1, at: 0, to: table.get(.routePlaces, 1, at: 0) + 1)
        try expectRefusal(of: .routePlaces)
    }

    @Test("Segments behind the lead lie in their route")
    mutating func segmentOutside() throws {
        var found: Int?
        for index in 0..<table.count(of: .routePlaces) where found == nil {
            let place = Int(table.get(.routePlaces, index, at: 0))
            let segmentCount = table.get(.routes, place, at: 12, byteCount: 1)
            let leadCount = table.get(.routes, place, at: 13, byteCount: 1)
            if segmentCount > leadCount { found = place }
        }
        let place = try #require(found)
        let links = table.get(.routes, place, at: 10, byteCount: 1) > 0 ? 24 : 16
        let lead = Int(table.get(.routes, place, at: 14, byteCount: 2))
        table.set(.routes, place, at: links + lead, byteCount: 2, to: 0x3FFF)
        let bytes = try #require(table.repaired)
        #expect(throws: TableError.self) {
            _ = try LoadedTable(checking: bytes, isTrusted: false)
        }
    }

    @Test("A host states the shapes that a path can have: others are not asked")
    mutating func shapeSets() throws {
        let host = try hostWithShapes()
        table.set(.hosts, host, at: 40, to: table.get(.hosts, host, at: 40) ^ 1)
        try expectRefusal(of: .hosts)
    }

    @Test("A trie begins at depth 0: its cost is counted from there")
    mutating func rootDepth() throws {
        let root = try #require(
            (0..<table.count(of: .hosts)).map { table.get(.hosts, $0, at: 16) }
                .first { $0 != .max })
        table.set(.trieNodes, Int(root), at: 24, byteCount: 1, to: 1)
        try expectRefusal(of: .hosts)
    }

    @Test("A node of a trie is no better than its parent")
    mutating func bestRouteOfNode() throws {
        let root = try #require(
            (0..<table.count(of: .hosts)).map { table.get(.hosts, $0, at: 16) }
                .first { $0 != .max })
        let best = table.get(.trieNodes, Int(root), at: 0)
        table.set(.trieNodes, Int(root), at: 0, to: best + 1)
        try expectRefusal(of: .trieSlots)
    }

    @Test("An affix holds no better candidate than it states")
    mutating func bestCandidateOfAffix() throws {
        let slot = try #require(
            (0..<table.count(of: .literalSlots)).first {
                table.get(.literalSlots, $0, at: 12) > 0
                    && table.get(.literalSlots, $0, at: 4) < UInt32(table.count(of: .affixes))
            })
        let affix = Int(table.get(.literalSlots, slot, at: 4))
        table.set(.affixes, affix, at: 0, to: table.get(.affixes, affix, at: 0) + 1)
        try expectRefusal(of: .literalSlots)
    }

    @Test("The name of a slot without rules lies in the text, too")
    mutating func nameOfEmptySlot() throws {
        for offset in [12, 16, 20] { table.set(.hostSlots, 0, at: offset, to: .max) }
        table.set(.hostSlots, 0, at: 4, to: 0x7FFF_0000)
        try expectRefusal(of: .hostSlots)
    }

    @Test("A rule is found only on the port that it is for")
    mutating func portOfHost() throws {
        let slot = try #require(
            (0..<table.count(of: .hostSlots)).first { table.get(.hostSlots, $0, at: 12) != .max })
        let host = Int(table.get(.hostSlots, slot, at: 12))
        let group = table.get(.hosts, host, at: 36, byteCount: 2)
        table.set(.hosts, host, at: 36, byteCount: 2, to: group == 0 ? 1 : 0)
        try expectRefusal(of: .hostSlots)
    }
}
