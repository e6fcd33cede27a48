/// The address a listener binds.
package enum ListenAddress: Equatable, Sendable {
    /// All addresses, IPv6 and IPv4.
    case any
    /// Network order, four bytes.
    case ipv4([UInt8])
    /// Network order, sixteen bytes.
    case ipv6([UInt8])
}

extension ListenAddress {
    /// Whether the two can't be bound to one port: they are the same, or one of them takes what the other does.
    ///
    /// `*` and `::` take IPv4 as well, and an IPv4 address that is written as an IPv6 one is bound as what it is.
    func overlaps(_ other: ListenAddress) -> Bool {
        let (mine, others) = (bound, other.bound)
        if mine == others || mine == .any || others == .any { return true }
        guard case .ipv4(let a) = mine, case .ipv4(let b) = others else { return false }
        return a == [0, 0, 0, 0] || b == [0, 0, 0, 0]
    }

    /// The address as it is bound.
    private var bound: ListenAddress {
        guard case .ipv6(let bytes) = self, bytes.count == 16 else { return self }
        if bytes.allSatisfy({ $0 == 0 }) { return .any }
        let isMapped =
            bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
        return isMapped ? .ipv4(Array(bytes[12...])) : self
    }
}
