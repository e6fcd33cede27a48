/// The settings of `advanced` that the proxy runs by, with defaults put in.
package struct RuntimeSettings: Equatable, Sendable {
    /// A CIDR in IPv6 form: IPv4 is `::ffff:a.b.c.d` with 96 added to its prefix length.
    package struct AddressRange: Equatable, Sendable {
        package var address: ClientAddress
        package var prefixLength: UInt8

        package init(address: ClientAddress, prefixLength: UInt8) {
            self.address = address
            self.prefixLength = prefixLength
        }
    }

    /// 0: one per core.
    package var workers: UInt32 = 0
    /// Time for a whole request head.
    package var headerTimeoutMilliseconds: UInt32 = 10_000
    /// Time between two requests on one connection.
    package var idleTimeoutMilliseconds: UInt32 = 75_000
    /// Silence of a client that owes body bytes.
    package var readTimeoutMilliseconds: UInt32 = 60_000
    /// No progress towards a client that does not read.
    package var writeTimeoutMilliseconds: UInt32 = 60_000
    package var headerBytesMax: UInt32 = 32_768
    /// 0: no limit.
    package var bodyBytesMax: UInt64 = 0
    package var urlBytesMax: UInt32 = 8_192
    /// Most bytes held for a peer that does not take them, for each direction.
    package var bufferBytesMax: UInt32 = 65_536
    package var idleConnectionsMax: UInt32 = 256
    /// Most connections to one endpoint at once; 0: no limit.
    package var activeConnectionsMax: UInt32 = 0
    package var poolIdleTimeoutMilliseconds: UInt32 = 60_000
    /// Clients connected at once, in all; 0: as many as there are descriptors.
    package var connectionsMax: UInt32 = 0
    /// Connections of one client at once; 0: no limit.
    package var connectionsPerClientMax: UInt32 = 0
    package var trustedProxies: [AddressRange] = []

    package init() {}
}
