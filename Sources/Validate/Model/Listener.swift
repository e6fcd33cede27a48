package import Diagnostics

/// One address and port that the proxy accepts connections on.
package struct Listener: Sendable {
    package var address: ListenAddress
    package var port: UInt16
    package var tls: ListenerTLS?
    /// Connections begin with a PROXY protocol header.
    package var acceptsProxyProtocol: Bool
    /// Where it is written; for a default listener, what made it necessary (a host's `port`), or nil.
    package var range: SourceRange?

    package init(
        address: ListenAddress,
        port: UInt16,
        tls: ListenerTLS?,
        acceptsProxyProtocol: Bool,
        range: SourceRange?
    ) {
        self.address = address
        self.port = port
        self.tls = tls
        self.acceptsProxyProtocol = acceptsProxyProtocol
        self.range = range
    }
}
