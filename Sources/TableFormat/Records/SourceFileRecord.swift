/// One source file.
package struct SourceFileRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 8 }

    /// As users see it; never absolute.
    package var name: TextReference

    /// All fields zero, links none.
    @inlinable package init() {
        self.name = .none
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
    }
}
