/// The regexes that are asked about one subject: the paths of one host, or the hosts of one port group.
public struct RegexSpaceRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Index of the first affix.
    public var firstAffix: UInt32
    /// Number of affixes. At most 16.
    public var affixCount: UInt16
    /// Bit 0: the automaton has literals for this space.
    public var flags: UInt16
    /// Regexes without a required literal.
    public var unfiltered: CandidateRun

    /// All fields zero, links none.
    @inlinable public init() {
        self.firstAffix = 0
        self.affixCount = 0
        self.flags = 0
        self.unfiltered = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.firstAffix = bytes.uint32(at: 0)
        self.affixCount = bytes.uint16(at: 4)
        self.flags = bytes.uint16(at: 6)
        self.unfiltered = bytes.candidates(at: 8)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(firstAffix, at: 0)
        bytes.put(affixCount, at: 4)
        bytes.put(flags, at: 6)
        bytes.put(unfiltered, at: 8)
    }

    /// The automaton has literals for this space.
    @inlinable public static var usesAutomaton: UInt16 { 1 }
}
