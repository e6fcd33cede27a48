/// The address of a client: 128 bits in network order, IPv4 as `::ffff:a.b.c.d`.
package struct ClientAddress: BitwiseCopyable, Hashable, Sendable {
    /// The first eight bytes of the address, most significant first.
    package var high: UInt64
    /// The last eight bytes of the address, most significant first.
    package var low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// An IPv4 address, as a number: 127.0.0.1 is 0x7F000001.
    package init(ipv4: UInt32) {
        self.high = 0
        self.low = 0xFFFF_0000_0000 | UInt64(ipv4)
    }

    /// Whether this is an IPv4 address.
    package var isIPv4: Bool { high == 0 && low &>> 32 == 0xFFFF }
}
