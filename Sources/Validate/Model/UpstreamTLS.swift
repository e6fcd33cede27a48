/// `tls` of a service: how the upstream is verified. Paths are read by wsproxy.
package struct UpstreamTLS: Equatable, Sendable {
    package var authority: String?
    package var certificate: String?
    package var key: String?
    package var serverName: String?
    package var skipsVerification = false
    package var minimumVersion: TLSVersion?

    package init() {}
}
