/// How a listener speaks TLS. Paths are read by wsproxy when it loads the table.
package struct ListenerTLS: Sendable {
    /// One certificate chain and its key, as PEM files.
    package struct Certificate: Equatable, Sendable {
        package var certificate: String
        package var key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Whether clients must show a certificate.
    package enum ClientVerification: UInt8, Sendable { case none = 0, optional = 1, require = 2 }

    /// At least one. The first answers clients whose SNI fits none.
    package var certificates: [Certificate]
    package var minimumVersion: TLSVersion
    /// PEM file with the authorities that client certificates are checked against.
    package var clientAuthority: String?
    package var clientVerification: ClientVerification

    package init(
        certificates: [Certificate],
        minimumVersion: TLSVersion,
        clientAuthority: String?,
        clientVerification: ClientVerification
    ) {
        self.certificates = certificates
        self.minimumVersion = minimumVersion
        self.clientAuthority = clientAuthority
        self.clientVerification = clientVerification
    }
}
