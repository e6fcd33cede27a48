/// One middleware of a chain.
package struct ChainMemberRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 4 }

    /// Index of the middleware.
    package var middleware: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.middleware = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.middleware = bytes.uint32(at: 0)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(middleware, at: 0)
    }
}
