/// The host rules for one listener port, or those for all ports. Sorted by port; the portless group,
/// if there is one, comes first with port 0.
public struct PortGroupRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// The port; 0 for the rules without one.
    public var port: UInt16
    /// Regex space of the host regexes, or none.
    public var regexSpace: UInt32
    /// Bit *d* - 1: a wildcard suffix of *d* labels exists; bit 63 stands for 64 and more.
    public var labelDepths: UInt64
    /// The rule with the pattern `*`, or none.
    public var anyHost: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.port = 0
        self.regexSpace = .none
        self.labelDepths = 0
        self.anyHost = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.port = bytes.uint16(at: 0)
        self.regexSpace = bytes.uint32(at: 4)
        self.labelDepths = bytes.uint64(at: 8)
        self.anyHost = bytes.uint32(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(port, at: 0)
        bytes.put(regexSpace, at: 4)
        bytes.put(labelDepths, at: 8)
        bytes.put(anyHost, at: 16)
    }
}
