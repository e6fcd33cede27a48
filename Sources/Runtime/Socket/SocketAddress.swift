internal import Glibc
package import RouteTable

/// An IPv4 or IPv6 address with a port.
///
/// IPv4 is kept as `::ffff:a.b.c.d`, so that a client is the same client whether it came in on an
/// IPv4 socket or on an IPv6 socket that takes both.
package struct SocketAddress: BitwiseCopyable, Hashable, Sendable {
    /// The address without the port.
    package var address: ClientAddress
    /// The interface of a link-local IPv6 address; 0 for all others.
    package var scope: UInt32
    /// In host byte order.
    package var port: UInt16

    package init(address: ClientAddress, port: UInt16, scope: UInt32 = 0) {
        self.address = address
        self.port = port
        self.scope = scope
    }

    /// An IPv4 address, as a number: 127.0.0.1 is 0x7F000001.
    package init(ipv4: UInt32, port: UInt16) {
        self.init(address: ClientAddress(ipv4: ipv4), port: port)
    }

    /// `::`, which as a listener means all addresses, IPv4 among them.
    package static func any(port: UInt16) -> SocketAddress {
        SocketAddress(address: ClientAddress(high: 0, low: 0), port: port)
    }

    /// The address as a table writes it.
    ///
    /// - Parameter networkOrder: Four bytes, sixteen bytes, or none for all addresses. Nil for any
    ///   other number of bytes.
    package init?(networkOrder: some Collection<UInt8>, port: UInt16) {
        let bits = networkOrder.prefix(16)
        func number(_ bytes: some Sequence<UInt8>) -> UInt64 {
            bytes.reduce(0) { $0 &<< 8 | UInt64($1) }
        }
        switch networkOrder.count {
        case 0: self = .any(port: port)
        case 4: self.init(ipv4: UInt32(number(bits)), port: port)
        case 16:
            let address = ClientAddress(
                high: number(bits.prefix(8)), low: number(bits.dropFirst(8)))
            self.init(address: address, port: port)
        default: return nil
        }
    }

    /// Whether this is an IPv4 address.
    package var isIPv4: Bool { address.isIPv4 }

    /// Whether this is `::`.
    package var isAny: Bool { address.high == 0 && address.low == 0 }

    /// The address family for `socket(2)`.
    var family: Int32 { isIPv4 ? AF_INET : AF_INET6 }

    /// The same address with another port.
    package func with(port: UInt16) -> SocketAddress {
        var copy = self
        copy.port = port
        return copy
    }
}
