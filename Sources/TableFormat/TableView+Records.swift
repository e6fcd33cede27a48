/// The records that matching reads, by name.
extension TableView {
    /// The port group at `index`.
    @inlinable package func portGroup(_ index: UInt32) -> PortGroupRecord {
        record(PortGroupRecord.self, .portGroups, at: index)
    }
    /// The host slot at `index`.
    @inlinable package func hostSlot(_ index: UInt32) -> HostSlotRecord {
        record(HostSlotRecord.self, .hostSlots, at: index)
    }
    /// The host at `index`.
    @inlinable package func host(_ index: UInt32) -> HostRecord {
        record(HostRecord.self, .hosts, at: index)
    }
    /// The exact slot at `index`.
    @inlinable package func exactSlot(_ index: UInt32) -> ExactSlotRecord {
        record(ExactSlotRecord.self, .exactSlots, at: index)
    }
    /// The shape slot at `index`.
    @inlinable package func shapeSlot(_ index: UInt32) -> ShapeSlotRecord {
        record(ShapeSlotRecord.self, .shapeSlots, at: index)
    }
    /// The shape at `index`.
    @inlinable package func shape(_ index: UInt32) -> ShapeRecord {
        record(ShapeRecord.self, .shapes, at: index)
    }
    /// The trie slot at `index`.
    @inlinable package func trieSlot(_ index: UInt32) -> TrieSlotRecord {
        record(TrieSlotRecord.self, .trieSlots, at: index)
    }
    /// The trie node at `index`.
    @inlinable package func trieNode(_ index: UInt32) -> TrieNodeRecord {
        record(TrieNodeRecord.self, .trieNodes, at: index)
    }
    /// The literal slot at `index`.
    @inlinable package func literalSlot(_ index: UInt32) -> LiteralSlotRecord {
        record(LiteralSlotRecord.self, .literalSlots, at: index)
    }
    /// The regex space at `index`.
    @inlinable package func regexSpace(_ index: UInt32) -> RegexSpaceRecord {
        record(RegexSpaceRecord.self, .regexSpaces, at: index)
    }
    /// The affix at `index`.
    @inlinable package func affix(_ index: UInt32) -> AffixRecord {
        record(AffixRecord.self, .affixes, at: index)
    }
    /// The state at `index`.
    @inlinable package func state(_ index: UInt32) -> AutomatonStateRecord {
        record(AutomatonStateRecord.self, .automatonStates, at: index)
    }
    /// The edge at `index`.
    @inlinable package func edge(_ index: UInt32) -> AutomatonEdgeRecord {
        record(AutomatonEdgeRecord.self, .automatonEdges, at: index)
    }
    /// The route at `index`.
    @inlinable package func route(_ index: UInt32) -> RouteRecord {
        record(RouteRecord.self, .routes, at: index)
    }
    /// The segment at `index`.
    @inlinable package func segment(_ index: UInt32) -> SegmentRecord {
        record(SegmentRecord.self, .segments, at: index)
    }
    /// The condition at `index`.
    @inlinable package func condition(_ index: UInt32) -> ConditionRecord {
        record(ConditionRecord.self, .conditions, at: index)
    }
    /// The address range at `index`.
    @inlinable package func addressRange(_ index: UInt32) -> AddressRangeRecord {
        record(AddressRangeRecord.self, .addressRanges, at: index)
    }
    /// The regex at `index`.
    @inlinable package func regex(_ index: UInt32) -> RegexRecord {
        record(RegexRecord.self, .regexes, at: index)
    }
    /// The action at `index`.
    @inlinable package func action(_ index: UInt32) -> ActionRecord {
        record(ActionRecord.self, .actions, at: index)
    }
    /// The target at `index`.
    @inlinable package func target(_ index: UInt32) -> TargetRecord {
        record(TargetRecord.self, .targets, at: index)
    }
    /// The template piece at `index`.
    @inlinable package func templatePiece(_ index: UInt32) -> TemplatePieceRecord {
        record(TemplatePieceRecord.self, .templatePieces, at: index)
    }
}
