/// One text of a list in a policy: an origin, a subprotocol.
public struct PolicyTextRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 8 }

    /// The text.
    public var text: TextReference

    /// No text.
    @inlinable public init() {
        self.text = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.text = bytes.text(at: 0)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(text, at: 0)
    }
}
