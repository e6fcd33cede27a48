/// One transition of the automaton.
package struct AutomatonEdgeRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 8 }

    /// The state it leads to.
    package var target: UInt32
    /// The byte it is for.
    package var byte: UInt8

    /// All fields zero, links none.
    @inlinable package init() {
        self.target = 0
        self.byte = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.target = bytes.uint32(at: 0)
        self.byte = bytes.uint8(at: 4)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(target, at: 0)
        bytes.put(byte, at: 4)
    }
}
