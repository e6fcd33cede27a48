internal import RouteTable

/// How one service's endpoints are spoken to over TLS.
package struct UpstreamTLS: Sendable {
    package let context: TLSClientContext
    /// The name that each endpoint must prove: `server_name`, else `proxy_host`, else its own host.
    package let peerNames: [TLSPeerName]

    init(context: TLSClientContext, service: ServiceDescription) {
        self.context = context
        self.peerNames = service.endpoints.map {
            if let name = service.tls.serverName { return TLSPeerName(name) }
            return service.proxyHost.map { TLSPeerName(authority: $0) } ?? TLSPeerName($0.host)
        }
    }
}
