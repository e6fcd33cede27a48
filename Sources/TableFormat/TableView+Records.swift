/// The records that matching reads, by name. An index outside of its section stops the process.
extension TableView {
    /// The rules for one port. Groups ascend by port; the portless one is the first.
    @inlinable public func portGroup(_ index: UInt32) -> PortGroupRecord {
        record(PortGroupRecord.self, .portGroups, at: index)
    }
    /// A place of the host hash, which ``slot(of:pilots:slots:seed:)`` finds.
    @inlinable public func hostSlot(_ index: UInt32) -> HostSlotRecord {
        record(HostSlotRecord.self, .hostSlots, at: index)
    }
    /// A host rule, by its place in the configuration.
    @inlinable public func host(_ index: UInt32) -> HostRecord {
        record(HostRecord.self, .hosts, at: index)
    }
    /// A shape. Those of a host follow each other, the one with the best route first.
    @inlinable public func shape(_ index: UInt32) -> ShapeRecord {
        record(ShapeRecord.self, .shapes, at: index)
    }
    /// A place of the hash of edges, which ``slot(of:pilots:slots:seed:)`` finds.
    @inlinable public func trieSlot(_ index: UInt32) -> TrieSlotRecord {
        record(TrieSlotRecord.self, .trieSlots, at: index)
    }
    /// A node of a trie. Children come after their parents.
    @inlinable public func trieNode(_ index: UInt32) -> TrieNodeRecord {
        record(TrieNodeRecord.self, .trieNodes, at: index)
    }
    /// A place of the hash of literals, which ``slot(of:pilots:slots:seed:)`` finds.
    @inlinable public func literalSlot(_ index: UInt32) -> LiteralSlotRecord {
        record(LiteralSlotRecord.self, .literalSlots, at: index)
    }
    /// What filters the regexes of one host, or those of the hosts of one port.
    @inlinable public func regexSpace(_ index: UInt32) -> RegexSpaceRecord {
        record(RegexSpaceRecord.self, .regexSpaces, at: index)
    }
    /// A length of prefix or suffix. Those of a regex space follow each other.
    @inlinable public func affix(_ index: UInt32) -> AffixRecord {
        record(AffixRecord.self, .affixes, at: index)
    }
    /// A state of the automaton; 0 is its start.
    @inlinable public func state(_ index: UInt32) -> AutomatonStateRecord {
        record(AutomatonStateRecord.self, .automatonStates, at: index)
    }
    /// A transition of the automaton. Those of a state follow each other and ascend by byte.
    @inlinable public func edge(_ index: UInt32) -> AutomatonEdgeRecord {
        record(AutomatonEdgeRecord.self, .automatonEdges, at: index)
    }
    /// A route. Of two routes that match, the one with the lower index wins.
    @inlinable public func route(_ index: UInt32) -> RouteRecord {
        route(at: record(RoutePlace.self, .routePlaces, at: index).unit)
    }
    /// A condition of a route. Those of a route follow each other.
    @inlinable public func condition(_ index: UInt32) -> ConditionRecord {
        record(ConditionRecord.self, .conditions, at: index)
    }
    /// A range of clients. Those of a condition follow each other.
    @inlinable public func addressRange(_ index: UInt32) -> AddressRangeRecord {
        record(AddressRangeRecord.self, .addressRanges, at: index)
    }
    /// A regex. Equal ones are there once.
    @inlinable public func regex(_ index: UInt32) -> RegexRecord {
        record(RegexRecord.self, .regexes, at: index)
    }
    /// A step of a regex that is walked. Those of a regex follow each other.
    @inlinable @inline(__always)
    public func regexStep(_ index: UInt32) -> RegexStepRecord {
        record(RegexStepRecord.self, .regexSteps, at: index)
    }
    /// A set of bytes, to be asked for some of them.
    @inlinable @inline(__always)
    public func byteSet(_ index: UInt16) -> RecordBytes {
        recordBytes(ByteSetRecord.self, .byteSets, at: UInt32(index))
    }
    /// What a route does. Equal ones are there once.
    @inlinable public func action(_ index: UInt32) -> ActionRecord {
        record(ActionRecord.self, .actions, at: index)
    }
    /// Where the requests of an action go.
    @inlinable @inline(__always)
    public func actionTarget(_ index: UInt32) -> ActionTarget {
        ActionTarget(reading: recordBytes(ActionRecord.self, .actions, at: index))
    }
    /// The shapes of a host that a path of so many segments can have, as bits by their number.
    @inlinable @inline(__always)
    public func shapeSet(ofHost index: UInt32, segmentCount: Int) -> UInt32 {
        let set = min(segmentCount, ShapeSets.count) &- 1
        return recordBytes(HostRecord.self, .hosts, at: index)
            .uint32(at: HostRecord.shapeSetOffset &+ 4 &* max(set, 0))
    }
    /// A weighted service. Those of an action follow each other.
    @inlinable public func target(_ index: UInt32) -> TargetRecord {
        record(TargetRecord.self, .targets, at: index)
    }
    /// A piece of a template. Those of an action follow each other.
    @inlinable public func templatePiece(_ index: UInt32) -> TemplatePieceRecord {
        record(TemplatePieceRecord.self, .templatePieces, at: index)
    }

    /// A place of the hash of paths.
    public func pathSlot(at index: UInt32) -> PathSlot {
        PathSlot(rawValue: record(RoutePlace.self, .pathSlots, at: index).unit)
    }

    /// The host whose routes `route` is one of, where they follow each other.
    public func host(ofRoute route: UInt32) -> UInt32 {
        var low: UInt32 = 0
        var high = UInt32(count(of: .hosts))
        while low < high {
            let middle = low + (high - low) / 2
            if host(middle).firstRoute <= route { low = middle + 1 } else { high = middle }
        }
        return low &- 1
    }
}
