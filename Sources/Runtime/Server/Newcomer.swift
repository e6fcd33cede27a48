/// A client that was accepted and has no place yet.
struct Newcomer: ~Copyable {
    let socket: Socket
    let address: SocketAddress
    /// Which listener it came to.
    let listener: UInt32
    /// It counts among the connections of its address.
    let isCounted: Bool
}
