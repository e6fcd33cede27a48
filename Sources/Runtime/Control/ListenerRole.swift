internal import RouteTable

/// A listener that a generation asks for: where, and how what comes in is treated.
package struct ListenerRole: Sendable {
    /// Port 0 lets the kernel choose.
    package let address: SocketAddress
    /// nil: the port that it is bound to.
    package let configPort: UInt16?
    package let tls: TLSServerContext?
    package let acceptsProxyProtocol: Bool

    package init(
        address: SocketAddress, configPort: UInt16?, tls: TLSServerContext? = nil,
        acceptsProxyProtocol: Bool = false
    ) {
        self.address = address
        self.configPort = configPort
        self.tls = tls
        self.acceptsProxyProtocol = acceptsProxyProtocol
    }

    /// The listeners of the table, or those of the command line if it names any.
    ///
    /// A listener of the command line is spoken to like the table's listener on its configuration
    /// port.
    static func all(
        for generation: TableGeneration, replacedBy options: [ListenOption]
    ) -> [Self] {
        guard options.isEmpty else {
            return options.map { option in
                let port = option.configPort ?? option.address.port
                let place = generation.listeners.firstIndex { $0.port == port }
                return Self(
                    address: option.address, configPort: option.configPort,
                    tls: place.flatMap { generation.listenerTLS[$0] },
                    acceptsProxyProtocol: place.map {
                        generation.listeners[$0].acceptsProxyProtocol
                    }
                        ?? false)
            }
        }
        return zip(generation.listeners, generation.listenerTLS).map { listener, tls in
            guard let address = SocketAddress(networkOrder: listener.address, port: listener.port)
            else { preconditionFailure("the loader has checked the length of addresses") }
            return Self(
                address: address, configPort: listener.port, tls: tls,
                acceptsProxyProtocol: listener.acceptsProxyProtocol)
        }
    }
}
