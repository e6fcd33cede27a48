extension SocketAddress {
    /// The addresses with their families taking turns, beginning with the family of the first (RFC 8305,
    /// 4): if one family does not work here, the other comes second.
    package static func alternating(_ addresses: [SocketAddress]) -> [SocketAddress] {
        guard let first = addresses.first else { return [] }
        let preferred = addresses.filter { $0.isIPv4 == first.isIPv4 }
        let others = addresses.filter { $0.isIPv4 != first.isIPv4 }
        var result: [SocketAddress] = []
        for index in 0..<max(preferred.count, others.count) {
            if index < preferred.count { result.append(preferred[index]) }
            if index < others.count { result.append(others[index]) }
        }
        return result
    }
}
