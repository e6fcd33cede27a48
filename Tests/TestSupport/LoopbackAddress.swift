internal import Foundation

/// An address of the loopback and a port, as the system wants it.
enum LoopbackAddress {
    /// - Parameter host: The last part of 127.0.0.x.
    static func make(port: UInt16, host: UInt8 = 1) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (UInt32(0x7f00_0000) | UInt32(host)).bigEndian
        return address
    }
}
