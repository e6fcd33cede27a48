/// One transition of the automaton.
public struct AutomatonEdgeRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 8 }

    /// The state it leads to.
    public var target: UInt32
    /// The byte it is for.
    public var byte: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.target = 0
        self.byte = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.target = bytes.uint32(at: 0)
        self.byte = bytes.uint8(at: 4)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(target, at: 0)
        bytes.put(byte, at: 4)
    }
}
