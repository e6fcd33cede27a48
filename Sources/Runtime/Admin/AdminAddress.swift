/// Where the admin listener is: the value of `--admin`.
package enum AdminAddress: Equatable, Sendable {
    case network(SocketAddress)
    case unix(path: String)

    /// What the kernel takes as the path of a socket.
    package static let pathByteCountMax = 107

    private static let unixPrefix = "unix:"
    private static let localName = "localhost:"

    /// Reads `127.0.0.1:9901`, `[::1]:9901`, `localhost:9901`, `*:9901` or `unix:/run/wsproxy.sock`.
    package init?(parsing text: String) {
        if text.hasPrefix(Self.unixPrefix) {
            let path = String(text.dropFirst(Self.unixPrefix.count))
            guard !path.isEmpty, path.utf8.count <= Self.pathByteCountMax,
                !path.utf8.contains(0)
            else { return nil }
            self = .unix(path: path)
            return
        }
        let literal =
            text.hasPrefix(Self.localName)
            ? "127.0.0.1:" + text.dropFirst(Self.localName.count) : text
        guard let address = SocketAddress(parsing: literal) else { return nil }
        self = .network(address)
    }

    /// Whether nobody but programs of this machine can reach it. Any other needs a token.
    package var isLocal: Bool {
        switch self {
        case .unix: true
        case .network(let address): address.isLoopback
        }
    }

    /// As it is written on the command line.
    package var description: String {
        switch self {
        case .unix(let path): "unix:\(path)"
        case .network(let address): address.description
        }
    }
}
