internal import RouteTable

extension SocketAddress {
    /// Whether it is of 127.0.0.0/8, or `::1`.
    package var isLoopback: Bool {
        isIPv4 ? address.low >> 24 & 0xFF == 127 : address.high == 0 && address.low == 1
    }
}
