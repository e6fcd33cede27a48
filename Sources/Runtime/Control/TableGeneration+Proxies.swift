internal import RouteTable

extension TableGeneration {
    /// The way to each endpoint that has a proxy on it.
    static func proxyRoutes(
        of services: [ServiceDescription]
    ) throws(StartupError) -> [[ProxyRoute?]] {
        var environment: ProxyEnvironment?
        var result: [[ProxyRoute?]] = []
        for service in services {
            if service.policy.proxy == .environment, environment == nil {
                environment = try .ofProcess()
            }
            let variables = environment
            result.append(
                service.endpoints.map { endpoint in
                    let address: ProxyAddress?
                    switch service.policy.proxy {
                    case .none: address = nil
                    case .environment:
                        address = variables?.proxy(for: endpoint.host, port: endpoint.port)
                    case .server(let scheme, let host, let port, let user, let password):
                        address = ProxyAddress(
                            scheme, host: host, port: port, user: user, password: password)
                    }
                    return address.map {
                        ProxyRoute(through: $0, to: endpoint.host, port: endpoint.port)
                    }
                })
        }
        return result
    }

    /// Proxies over TLS are verified with the system's roots: `tls` of a service is about its backends.
    static func proxyTLS(for routes: [[ProxyRoute?]]) throws(StartupError) -> TLSClientContext? {
        let isNeeded = routes.contains { $0.contains { $0?.address.scheme == .https } }
        guard isNeeded else { return nil }
        do throws(TLSConfigurationError) {
            return try TLSClientContext(
                ServiceDescription.TLS(
                    authority: nil, certificate: nil, key: nil, serverName: nil,
                    skipsVerification: false, requiresTLS13: false))
        } catch {
            throw StartupError("upstream_proxy: \(error.message)")
        }
    }

    /// The proxy on the way to an endpoint.
    func proxyRoute(to name: EndpointName) -> ProxyRoute? {
        proxyRoutes[Int(name.service)][Int(name.endpoint)]
    }

    /// What is dialled in the place of an endpoint; nil for the endpoint itself.
    func dialTarget(of name: EndpointName) -> (host: String, port: UInt16)? {
        proxyRoute(to: name).map { ($0.address.host, $0.address.port) }
    }
}
