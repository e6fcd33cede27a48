/// One source file.
public struct SourceFileRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 8 }

    /// As users see it; never absolute.
    public var name: TextReference

    /// All fields zero, links none.
    @inlinable public init() {
        self.name = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
    }
}
