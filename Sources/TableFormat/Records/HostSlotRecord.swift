/// One name of the host hash: the rules that have it as their name or suffix in one port group.
/// An empty slot has three times none.
public struct HostSlotRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 24 }

    /// Upper half of the key hash.
    public var tag: UInt32
    /// The name in the text section.
    public var nameOffset: UInt32
    /// Length of the name in bytes.
    public var nameByteCount: UInt16
    /// Index of the port group.
    public var portGroup: UInt16
    /// The rule for exactly this name, or none.
    public var exactHost: UInt32
    /// The rule `.name` for the name itself, or none.
    public var apexHost: UInt32
    /// The rule for what lies below the name, or none.
    public var subdomainHost: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.tag = 0
        self.nameOffset = 0
        self.nameByteCount = 0
        self.portGroup = 0
        self.exactHost = .none
        self.apexHost = .none
        self.subdomainHost = .none
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.tag = bytes.uint32(at: 0)
        self.nameOffset = bytes.uint32(at: 4)
        self.nameByteCount = bytes.uint16(at: 8)
        self.portGroup = bytes.uint16(at: 10)
        self.exactHost = bytes.uint32(at: 12)
        self.apexHost = bytes.uint32(at: 16)
        self.subdomainHost = bytes.uint32(at: 20)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(tag, at: 0)
        bytes.put(nameOffset, at: 4)
        bytes.put(nameByteCount, at: 8)
        bytes.put(portGroup, at: 10)
        bytes.put(exactHost, at: 12)
        bytes.put(apexHost, at: 16)
        bytes.put(subdomainHost, at: 20)
    }

    /// Whether no rule uses the slot.
    @inlinable public var isEmpty: Bool {
        exactHost == .none && apexHost == .none && subdomainHost == .none
    }
}
