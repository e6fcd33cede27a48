/// Why a text is no key that tables can be signed with.
package enum SigningKeyError: Error, Equatable, Sendable {
    /// There is no private key in PEM form.
    case notPrivateKey
    /// The key is behind a pass phrase.
    case isEncrypted
    /// A private key of another kind.
    case notEd25519

    /// One line for the user, without the file's name.
    package var message: String {
        switch self {
        case .notPrivateKey:
            "it holds no private key in PEM form (`openssl genpkey -algorithm ed25519` makes one)"
        case .isEncrypted:
            "its key is encrypted; a key without a pass phrase is needed, "
                + "in a file that only its owner may read"
        case .notEd25519:
            "its key is not an Ed25519 key (`openssl genpkey -algorithm ed25519` makes one)"
        }
    }
}
