/// `upstream_proxy` of a service.
package enum UpstreamProxy: Equatable, Sendable {
    /// How the proxy is spoken to.
    package enum Scheme: UInt8, Sendable { case socks5 = 1, http = 2, https = 3 }

    /// `none`, or nothing said.
    case direct
    /// Taken from wsproxy's environment.
    case environment
    case proxy(Scheme, host: String, port: UInt16, user: String?, password: String?)
}
