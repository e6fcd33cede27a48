/// One distinct order of middlewares: global, host, route.
package struct ChainRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 8 }

    /// Index of the first member.
    package var firstMember: UInt32
    /// Number of members.
    package var memberCount: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.firstMember = 0
        self.memberCount = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.firstMember = bytes.uint32(at: 0)
        self.memberCount = bytes.uint32(at: 4)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(firstMember, at: 0)
        bytes.put(memberCount, at: 4)
    }
}
