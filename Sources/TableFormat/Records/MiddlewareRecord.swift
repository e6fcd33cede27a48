/// One middleware definition that is enabled.
package struct MiddlewareRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 24 }

    /// Its name.
    package var name: TextReference
    /// The word that `type` uses.
    package var typeName: TextReference
    /// Source file.
    package var file: UInt32
    /// Line in it, from 1.
    package var line: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.name = .none
        self.typeName = .none
        self.file = 0
        self.line = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.typeName = bytes.text(at: 8)
        self.file = bytes.uint32(at: 16)
        self.line = bytes.uint32(at: 20)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(typeName, at: 8)
        bytes.put(file, at: 16)
        bytes.put(line, at: 20)
    }
}
