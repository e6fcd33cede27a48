internal import RouteTable

/// How one service's endpoints are spoken to over TLS.
package struct UpstreamTLS: Sendable {
    package let context: TLSClientContext
    /// The name that each endpoint must prove: `server_name`, else `proxy_host`, else its own host.
    package let peerNames: [TLSPeerName]

    init(context: TLSClientContext, service: ServiceDescription) {
        self.context = context
        self.peerNames = service.endpoints.map {
            TLSPeerName(service.tls.serverName ?? service.proxyHost ?? $0.host)
        }
    }
}
