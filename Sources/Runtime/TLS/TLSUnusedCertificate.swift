/// A certificate of a listener that no client can get.
package struct TLSUnusedCertificate: Equatable, Sendable {
    /// What keeps clients from it.
    package enum Reason: Equatable, Sendable {
        /// Earlier ones have all its names, with as good a key.
        case namesTaken
        /// No server name can lead to it: it is for addresses only, or has nothing but a common name.
        case nameless

        /// For logs.
        package var words: StaticString {
            switch self {
            case .namesTaken: "certificates before it have all of its names"
            case .nameless: "it names no host in subjectAltName, so no client can ask for it"
            }
        }
    }

    /// Of its file.
    package let path: String
    package let reason: Reason

    package init(path: String, reason: Reason) {
        self.path = path
        self.reason = reason
    }
}
