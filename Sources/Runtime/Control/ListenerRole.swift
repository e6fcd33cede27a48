package import RouteTable

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
    ///
    /// - Throws: ``StartupError`` if it is not clear which of several that is.
    static func all(
        for generation: TableGeneration, replacedBy options: [ListenOption]
    ) throws(StartupError) -> [Self] {
        guard options.isEmpty else {
            var roles: [Self] = []
            for option in options {
                let place = try Self.place(of: option, in: generation.listeners)
                roles.append(
                    Self(
                        address: option.address, configPort: option.configPort,
                        tls: place.flatMap { generation.listenerTLS[$0] },
                        acceptsProxyProtocol: place.map {
                            generation.listeners[$0].acceptsProxyProtocol
                        }
                            ?? false))
            }
            return roles
        }
        return zip(generation.listeners, generation.listenerTLS).map { listener, tls in
            guard let address = SocketAddress(networkOrder: listener.address, port: listener.port)
            else { preconditionFailure("the loader has checked the length of addresses") }
            return Self(
                address: address, configPort: listener.port, tls: tls,
                acceptsProxyProtocol: listener.acceptsProxyProtocol)
        }
    }

    /// Which listener of a table a listener of the command line stands for: of several with its port the one with
    /// its address, else any if all are spoken to alike.
    ///
    /// - Returns: nil if none has the port: then it is plain.
    /// - Throws: ``StartupError`` if they differ. The first could be the one without a guard.
    package static func place(
        of option: ListenOption, in listeners: [ListenerDescription]
    ) throws(StartupError) -> Int? {
        let port = option.configPort ?? option.address.port
        let places = listeners.indices.filter { listeners[$0].port == port }
        let same = places.first {
            let address = SocketAddress(networkOrder: listeners[$0].address, port: port)
            return address?.address == option.address.address
        }
        if let same { return same }
        guard let first = places.first else { return nil }
        let isClear = places.allSatisfy {
            listeners[$0].tls == listeners[first].tls
                && listeners[$0].acceptsProxyProtocol == listeners[first].acceptsProxyProtocol
        }
        guard isClear else {
            let addresses = places.compactMap { place in
                SocketAddress(networkOrder: listeners[place].address, port: port)?.description
            }
            throw StartupError(
                "--listen \(option.address.description)=\(port): the listeners on port \(port) "
                    + "differ in TLS or PROXY headers (\(addresses.joined(separator: ", "))); "
                    + "bind the address of the one that is meant")
        }
        return first
    }
}
