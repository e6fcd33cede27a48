internal import Glibc
internal import RouteTable

/// What the environment says about proxies: `SOCKS_PROXY`, `HTTPS_PROXY`, `HTTP_PROXY`, in this order,
/// and `NO_PROXY`.
package struct ProxyEnvironment: Sendable {
    package let address: ProxyAddress?
    private let exceptions: ProxyExceptions

    /// - Parameter value: Of a variable; nil if it is not set.
    /// - Throws: ``StartupError`` if a variable is no proxy.
    package init(_ value: (String) -> String?) throws(StartupError) {
        exceptions = ProxyExceptions(value("NO_PROXY") ?? "")
        for name in ["SOCKS_PROXY", "HTTPS_PROXY", "HTTP_PROXY"] {
            guard let text = value(name), !text.isEmpty else { continue }
            guard
                let address = ProxyAddress(
                    text: text, scheme: name == "SOCKS_PROXY" ? .socks5 : .http)
            else {
                // The text may hold a password.
                let advice = "write socks5://host:port or http://host:port"
                throw StartupError("\(name) is not the URL of a proxy: \(advice)")
            }
            self.address = address
            return
        }
        address = nil
    }

    /// The environment of this process.
    static func ofProcess() throws(StartupError) -> ProxyEnvironment {
        // SAFETY: nothing in this process changes its environment.
        try ProxyEnvironment { name in unsafe getenv(name).map { unsafe String(cString: $0) } }
    }

    /// The proxy on the way to a host, if there is one.
    package func proxy(for host: String, port: UInt16) -> ProxyAddress? {
        exceptions.contain(host, port: port) ? nil : address
    }
}
