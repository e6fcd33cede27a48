/// What one middleware of type `auth` was told.
public struct AuthPolicyRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 80 }

    /// The secret of tokens, or where it is found, by ``secretKind``; or none.
    public var secret: TextReference
    /// PEM file of a public key, or none.
    public var publicKey: TextReference
    /// File with a set of keys, or none.
    public var keySet: TextReference
    /// What `iss` must be, or none.
    public var issuer: TextReference
    /// The claim that roles are looked for in.
    public var rolesClaim: TextReference
    /// File with names and hashes of passwords, or none.
    public var usersFile: TextReference
    /// Bits of ``TokenAlgorithm``; none: no tokens.
    public var algorithms: UInt32
    /// How far clocks may be apart.
    public var leewayMilliseconds: UInt32
    /// Index of the first text of its lists.
    public var firstItem: UInt32
    /// Number of its texts.
    public var itemCount: UInt32
    /// Index of the service that is asked, or none.
    public var askedService: UInt32
    /// Index of the middleware.
    public var middleware: UInt32
    /// A ``SecretKind``.
    public var secretKind: UInt8
    /// What a WebSocket's Close says when its token ends; 0: 1008.
    public var expiredCloseCode: UInt16

    /// All fields zero, links none.
    @inlinable public init() {
        self.secret = .none
        self.publicKey = .none
        self.keySet = .none
        self.issuer = .none
        self.rolesClaim = .none
        self.usersFile = .none
        self.algorithms = 0
        self.leewayMilliseconds = 0
        self.firstItem = 0
        self.itemCount = 0
        self.askedService = .none
        self.middleware = 0
        self.secretKind = 0
        self.expiredCloseCode = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.secret = bytes.text(at: 0)
        self.publicKey = bytes.text(at: 8)
        self.keySet = bytes.text(at: 16)
        self.issuer = bytes.text(at: 24)
        self.rolesClaim = bytes.text(at: 32)
        self.usersFile = bytes.text(at: 40)
        self.algorithms = bytes.uint32(at: 48)
        self.leewayMilliseconds = bytes.uint32(at: 52)
        self.firstItem = bytes.uint32(at: 56)
        self.itemCount = bytes.uint32(at: 60)
        self.askedService = bytes.uint32(at: 64)
        self.middleware = bytes.uint32(at: 68)
        self.secretKind = bytes.uint8(at: 72)
        self.expiredCloseCode = bytes.uint16(at: 74)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(secret, at: 0)
        bytes.put(publicKey, at: 8)
        bytes.put(keySet, at: 16)
        bytes.put(issuer, at: 24)
        bytes.put(rolesClaim, at: 32)
        bytes.put(usersFile, at: 40)
        bytes.put(algorithms, at: 48)
        bytes.put(leewayMilliseconds, at: 52)
        bytes.put(firstItem, at: 56)
        bytes.put(itemCount, at: 60)
        bytes.put(askedService, at: 64)
        bytes.put(middleware, at: 68)
        bytes.put(secretKind, at: 72)
        bytes.put(expiredCloseCode, at: 74)
    }
}
