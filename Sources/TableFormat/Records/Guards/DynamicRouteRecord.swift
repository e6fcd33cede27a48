/// What one `dynamic_route` was told.
public struct DynamicRouteRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 28 }

    /// Name of the header (lower-case), cookie or parameter that is looked at, or none.
    public var keyName: TextReference
    /// Index of the claim that is looked at, or none.
    public var claim: UInt32
    /// Index of the first choice.
    public var firstChoice: UInt32
    /// Number of choices.
    public var choiceCount: UInt32
    /// The service for other values, or none.
    public var defaultService: UInt32
    /// A ``RequestKeyKind``.
    public var keyKind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.keyName = .none
        self.claim = .none
        self.firstChoice = 0
        self.choiceCount = 0
        self.defaultService = .none
        self.keyKind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.keyName = bytes.text(at: 0)
        self.claim = bytes.uint32(at: 8)
        self.firstChoice = bytes.uint32(at: 12)
        self.choiceCount = bytes.uint32(at: 16)
        self.defaultService = bytes.uint32(at: 20)
        self.keyKind = bytes.uint8(at: 24)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(keyName, at: 0)
        bytes.put(claim, at: 8)
        bytes.put(firstChoice, at: 12)
        bytes.put(choiceCount, at: 16)
        bytes.put(defaultService, at: 20)
        bytes.put(keyKind, at: 24)
    }
}
