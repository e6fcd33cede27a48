/// Why something is no key for tokens.
enum KeyFault: Error, Equatable {
    case malformed
    case notPublicKey
    case isPrivate
    case tooShort
    case tooLong
    case unknownKind
    case unknownCurve

    /// A clause without a full stop, about a file.
    var message: String {
        switch self {
        case .malformed: "holds a key whose numbers are not valid"
        case .notPublicKey: "holds no public key in PEM form"
        case .isPrivate:
            "holds a private key; give wsproxy the public one (`openssl pkey -pubout`)"
        case .tooShort: "holds an RSA key of less than \(PublicKey.rsaBitsMin) bits"
        case .tooLong: "holds an RSA key of more than \(PublicKey.rsaBitsMax) bits"
        case .unknownKind: "holds a key that is not RSA, EC, Ed25519 or Ed448"
        case .unknownCurve: "holds a key on another curve than P-256, P-384 and P-521"
        }
    }
}
