/// How a token is signed (RFC 7518, 3.1; RFC 8037, 3.1). The raw values are bits of a set in the table.
public enum TokenAlgorithm: UInt8, CaseIterable, Sendable {
    case hs256 = 0
    case hs384
    case hs512
    case rs256
    case rs384
    case rs512
    case ps256
    case ps384
    case ps512
    case es256
    case es384
    case es512
    case edDSA

    /// What kind of key it takes.
    public enum Family: Sendable {
        /// HMAC with a shared secret.
        case secret
        /// RSA with the padding of PKCS #1.
        case rsa
        /// RSA with PSS.
        case rsaPSS
        /// ECDSA, each algorithm on a curve of its own.
        case ecdsa
        /// Ed25519 or Ed448.
        case edDSA
    }

    /// What kind of key it takes.
    public var family: Family {
        switch self {
        case .hs256, .hs384, .hs512: .secret
        case .rs256, .rs384, .rs512: .rsa
        case .ps256, .ps384, .ps512: .rsaPSS
        case .es256, .es384, .es512: .ecdsa
        case .edDSA: .edDSA
        }
    }

    /// Size of the hash, in bytes; 0 where the scheme has its own.
    public var hashByteCount: Int {
        switch self {
        case .hs256, .rs256, .ps256, .es256: 32
        case .hs384, .rs384, .ps384, .es384: 48
        case .hs512, .rs512, .ps512, .es512: 64
        case .edDSA: 0
        }
    }

    /// The name that `alg` uses. Case matters.
    public var name: StaticString {
        switch self {
        case .hs256: "HS256"
        case .hs384: "HS384"
        case .hs512: "HS512"
        case .rs256: "RS256"
        case .rs384: "RS384"
        case .rs512: "RS512"
        case .ps256: "PS256"
        case .ps384: "PS384"
        case .ps512: "PS512"
        case .es256: "ES256"
        case .es384: "ES384"
        case .es512: "ES512"
        case .edDSA: "EdDSA"
        }
    }

    /// This algorithm as a bit of a set.
    public var bit: UInt32 { 1 << UInt32(rawValue) }

    /// All algorithms as a set.
    public static var allBits: UInt32 { (1 << UInt32(allCases.count)) - 1 }
}
