/// A listener as the table describes it. Decoded once when a table is loaded.
package struct ListenerDescription: Equatable, Sendable {
    /// Whether clients have to show a certificate.
    package enum ClientVerification: UInt8, Sendable { case none = 0, optional = 1, require = 2 }

    /// One certificate chain and its key: paths of PEM files.
    package struct Certificate: Equatable, Sendable {
        package var certificate: String
        package var key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// How TLS is spoken.
    package struct TLS: Equatable, Sendable {
        /// At least one; the first answers clients whose SNI fits none.
        package var certificates: [Certificate]
        package var requiresTLS13: Bool
        package var clientAuthority: String?
        package var clientVerification: ClientVerification

        package init(
            certificates: [Certificate],
            requiresTLS13: Bool,
            clientAuthority: String?,
            clientVerification: ClientVerification
        ) {
            self.certificates = certificates
            self.requiresTLS13 = requiresTLS13
            self.clientAuthority = clientAuthority
            self.clientVerification = clientVerification
        }
    }

    /// Network order: four bytes, sixteen bytes, or none for all addresses.
    package var address: [UInt8]
    package var port: UInt16
    package var tls: TLS?
    package var acceptsProxyProtocol: Bool

    package init(address: [UInt8], port: UInt16, tls: TLS?, acceptsProxyProtocol: Bool) {
        self.address = address
        self.port = port
        self.tls = tls
        self.acceptsProxyProtocol = acceptsProxyProtocol
    }
}
