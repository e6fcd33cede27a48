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
            var routes: [ProxyRoute?] = []
            for endpoint in service.endpoints {
                let address = proxyAddress(of: service, to: endpoint, environment)
                routes.append(
                    try address.map { address throws(StartupError) in
                        try ProxyRoute(through: address, to: endpoint.host, port: endpoint.port)
                    })
            }
            result.append(routes)
        }
        return result
    }

    private static func proxyAddress(
        of service: ServiceDescription, to endpoint: EndpointDescription,
        _ environment: ProxyEnvironment?
    ) -> ProxyAddress? {
        switch service.policy.proxy {
        case .none: nil
        case .environment: environment?.proxy(for: endpoint.host, port: endpoint.port)
        case .server(let scheme, let host, let port, let user, let password):
            ProxyAddress(scheme, host: host, port: port, user: user, password: password)
        }
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
