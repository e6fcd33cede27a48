/// What few routes have. Equal ones are there once.
package struct RouteDetailsRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 20 }

    /// Name of the route, or none.
    package var name: TextReference
    /// As it was written.
    package var priority: Int32
    /// Index of the first capture.
    package var firstCapture: UInt32
    /// Number of captures.
    package var captureCount: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.name = .none
        self.priority = 0
        self.firstCapture = 0
        self.captureCount = 0
    }

    @inlinable package init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.priority = bytes.int32(at: 8)
        self.firstCapture = bytes.uint32(at: 12)
        self.captureCount = bytes.uint32(at: 16)
    }

    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(priority, at: 8)
        bytes.put(firstCapture, at: 12)
        bytes.put(captureCount, at: 16)
    }
}
