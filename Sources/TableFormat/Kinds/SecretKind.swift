/// Where a secret is found.
public enum SecretKind: UInt8, Sendable {
    /// There is none.
    case none = 0
    /// The text is the secret.
    case literal
    /// The text is the name of a variable of the environment.
    case environment
    /// The text is the path of a file.
    case file
}
