/// What happens with the requests of a route. Routes with equal actions share one.
package struct ActionRecord: TableRecord, Equatable {
    @inlinable package static var byteCount: Int { 64 }

    /// An ``ActionKind``.
    package var kind: UInt8
    /// ``hasRewrite`` and others.
    package var flags: UInt8
    /// Status of a redirect or an answer.
    package var status: UInt16
    /// The service, or none.
    package var service: UInt32
    /// First of several weighted targets.
    package var firstTarget: UInt32
    /// Their number; 0 if there is one service.
    package var targetCount: UInt32
    /// Whole segments to take from the start of the path.
    package var stripPrefix: TextReference
    /// Text to put in front of the path.
    package var addPrefix: TextReference
    /// Template of the path or of Location.
    package var firstPiece: UInt32
    /// Number of its pieces.
    package var pieceCount: UInt32
    /// Body of an answer.
    package var body: TextReference
    /// Its media type.
    package var contentType: TextReference
    /// The middleware chain.
    package var chain: UInt32

    /// All fields zero, links none.
    @inlinable package init() {
        self.kind = 0
        self.flags = 0
        self.status = 0
        self.service = .none
        self.firstTarget = 0
        self.targetCount = 0
        self.stripPrefix = .none
        self.addPrefix = .none
        self.firstPiece = 0
        self.pieceCount = 0
        self.body = .none
        self.contentType = .none
        self.chain = 0
    }

    /// Decodes the record.
    @inlinable package init(reading bytes: RecordBytes) {
        self.kind = bytes.uint8(at: 0)
        self.flags = bytes.uint8(at: 1)
        self.status = bytes.uint16(at: 2)
        self.service = bytes.uint32(at: 4)
        self.firstTarget = bytes.uint32(at: 8)
        self.targetCount = bytes.uint32(at: 12)
        self.stripPrefix = bytes.text(at: 16)
        self.addPrefix = bytes.text(at: 24)
        self.firstPiece = bytes.uint32(at: 32)
        self.pieceCount = bytes.uint32(at: 36)
        self.body = bytes.text(at: 40)
        self.contentType = bytes.text(at: 48)
        self.chain = bytes.uint32(at: 56)
    }

    /// Encodes the record.
    @inlinable package func write(to bytes: inout RecordBuffer) {
        bytes.put(kind, at: 0)
        bytes.put(flags, at: 1)
        bytes.put(status, at: 2)
        bytes.put(service, at: 4)
        bytes.put(firstTarget, at: 8)
        bytes.put(targetCount, at: 12)
        bytes.put(stripPrefix, at: 16)
        bytes.put(addPrefix, at: 24)
        bytes.put(firstPiece, at: 32)
        bytes.put(pieceCount, at: 36)
        bytes.put(body, at: 40)
        bytes.put(contentType, at: 48)
        bytes.put(chain, at: 56)
    }

    /// The path is rewritten.
    @inlinable package static var hasRewrite: UInt8 { 1 }
    /// The template replaces the whole path.
    @inlinable package static var replacesPath: UInt8 { 2 }
}
