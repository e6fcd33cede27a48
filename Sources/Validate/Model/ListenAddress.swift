/// The address a listener binds.
package enum ListenAddress: Equatable, Sendable {
    /// All addresses, IPv6 and IPv4.
    case any
    /// Network order, four bytes.
    case ipv4([UInt8])
    /// Network order, sixteen bytes.
    case ipv6([UInt8])
}
