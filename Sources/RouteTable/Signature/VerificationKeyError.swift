/// Why a file is no key that signatures can be checked with.
package enum VerificationKeyError: Error, Equatable, Sendable {
    /// The file cannot be opened or read: `errno`.
    case unreadable(number: Int32)
    /// There is no public key in PEM form.
    case notPublicKey
    /// It is the other half, which should not be here.
    case isPrivateKey
    /// A public key of another kind.
    case notEd25519

    /// One line for the user, without the file's name.
    package var message: String {
        switch self {
        case .unreadable(let number): "can't read: \(TableError.text(of: number))"
        case .notPublicKey:
            "it holds no public key in PEM form (`openssl pkey -in KEY.pem -pubout` makes one)"
        case .isPrivateKey:
            "it holds a private key; name the public one "
                + "(`openssl pkey -in KEY.pem -pubout` makes it)"
        case .notEd25519: "its key is not an Ed25519 key"
        }
    }
}
