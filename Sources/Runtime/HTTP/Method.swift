import RouteTable

/// The methods whose meaning matters to a proxy. All others are passed on as they came.
package enum Method: UInt8, BitwiseCopyable, Sendable {
    case get
    case head
    case post
    case put
    case delete
    case options
    case patch
    case trace
    case connect
    /// A token that is none of the above. Methods are case-sensitive (RFC 9110, 9.1).
    case other

    /// Whether the method is idempotent (RFC 9110, 9.2.2), so that a request with it may be
    /// repeated after a connection died before any byte of an answer.
    package var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options, .trace: true
        case .post, .patch, .connect, .other: false
        }
    }

    /// The method that a checked token names.
    init(_ token: ByteRange, in bytes: RawSpan) {
        // The method as a number, most significant byte first; longer tokens are `other`.
        guard token.count <= 8 else {
            self = .other
            return
        }
        var packed: UInt64 = 0
        for offset in token.offsets { packed = packed &<< 8 | UInt64(bytes.octet(at: offset)) }
        self =
            switch packed {
            case 0x47_4554: .get
            case 0x4845_4144: .head
            case 0x504F_5354: .post
            case 0x50_5554: .put
            case 0x4445_4C45_5445: .delete
            case 0x4F_5054_494F_4E53: .options
            case 0x50_4154_4348: .patch
            case 0x54_5241_4345: .trace
            case 0x43_4F4E_4E45_4354: .connect
            default: .other
            }
    }
}
