/// One backend of a service.
package struct EndpointDescription: Equatable, Sendable {
    package var usesTLS: Bool
    /// A lower-case name, or an address literal without brackets.
    package var host: String
    package var port: UInt16
    /// Prefixed to the forwarded path: begins with `/` and does not end with one, or is empty.
    package var basePath: String
    /// For logs: `wss://chat.internal:8443`.
    package var text: String
    package var weight: UInt32

    package init(
        usesTLS: Bool, host: String, port: UInt16, basePath: String, text: String, weight: UInt32
    ) {
        self.usesTLS = usesTLS
        self.host = host
        self.port = port
        self.basePath = basePath
        self.text = text
        self.weight = weight
    }
}
