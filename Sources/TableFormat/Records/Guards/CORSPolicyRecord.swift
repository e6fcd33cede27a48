/// What one `cors` was told.
public struct CORSPolicyRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 36 }

    /// Index of the first origin in the text items.
    public var firstOrigin: UInt32
    /// Number of origins.
    public var originCount: UInt32
    /// Value of Access-Control-Allow-Methods.
    public var methods: TextReference
    /// Value of Access-Control-Allow-Headers, or none.
    public var headers: TextReference
    /// Value of Access-Control-Max-Age, or none.
    public var age: TextReference
    /// ``allowsCredentials`` and others.
    public var flags: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.firstOrigin = 0
        self.originCount = 0
        self.methods = .none
        self.headers = .none
        self.age = .none
        self.flags = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.firstOrigin = bytes.uint32(at: 0)
        self.originCount = bytes.uint32(at: 4)
        self.methods = bytes.text(at: 8)
        self.headers = bytes.text(at: 16)
        self.age = bytes.text(at: 24)
        self.flags = bytes.uint8(at: 32)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(firstOrigin, at: 0)
        bytes.put(originCount, at: 4)
        bytes.put(methods, at: 8)
        bytes.put(headers, at: 16)
        bytes.put(age, at: 24)
        bytes.put(flags, at: 32)
    }

    /// The browser may send cookies and credentials.
    @inlinable public static var allowsCredentials: UInt8 { 1 }
    /// `*` is among the origins.
    @inlinable public static var allowsAnyOrigin: UInt8 { 2 }
    /// `*` is among the headers.
    @inlinable public static var allowsAnyHeader: UInt8 { 4 }
}
