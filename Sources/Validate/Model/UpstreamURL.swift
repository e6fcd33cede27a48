/// Where a backend is: `ws` and `http` name the same plain backend, `wss` and `https` the same TLS one.
package struct UpstreamURL: Equatable, Sendable {
    package var usesTLS: Bool
    /// Lower-cased name, or address literal without brackets.
    package var host: String
    package var port: UInt16
    /// Prefixed to the forwarded path; begins with `/` and does not end with one, or is empty.
    package var basePath: String
    /// The text of scheme, host and port for logs: `wss://chat.internal:8443`.
    package var text: String

    package init(usesTLS: Bool, host: String, port: UInt16, basePath: String, text: String) {
        self.usesTLS = usesTLS
        self.host = host
        self.port = port
        self.basePath = basePath
        self.text = text
    }
}
