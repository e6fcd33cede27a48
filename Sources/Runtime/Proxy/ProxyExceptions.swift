internal import RouteTable

/// `NO_PROXY`: names, with all below them, addresses and ranges that are reached directly.
package struct ProxyExceptions: Sendable {
    private struct Range {
        var address: ClientAddress
        /// Of the address in IPv6 form.
        var prefixLength: UInt8
    }

    private enum Exception {
        /// Lower-case, without a dot in front.
        case name(String, port: UInt16?)
        case range(Range)
        case everything
    }

    private let exceptions: [Exception]

    /// - Parameter text: Separated by commas or blanks; what can't be read names nobody.
    package init(_ text: String) {
        exceptions = text.split { $0 == "," || $0 == " " }.compactMap { Self.exception($0) }
    }

    /// Whether a host is reached directly.
    package func contain(_ host: String, port: UInt16) -> Bool {
        let literal = SocketAddress(literal: host, port: 0)
        return exceptions.contains { exception in
            switch exception {
            case .everything: return true
            case .range(let range):
                guard let literal else { return false }
                return RuntimeSettings.AddressRange(
                    address: range.address, prefixLength: range.prefixLength
                ).contains(literal.address)
            case .name(let name, let wanted):
                return (host == name || host.hasSuffix(".\(name)"))
                    && (wanted == nil || wanted == port)
            }
        }
    }

    private static func exception(_ text: Substring) -> Exception? {
        if text == "*" { return .everything }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let bare = parts[0].hasPrefix("[") ? parts[0].dropFirst().dropLast() : parts[0]
        if let address = SocketAddress(literal: String(bare), port: 0) {
            let shift: UInt8 = address.isIPv4 ? 96 : 0
            guard parts.count == 2 else {
                return .range(Range(address: address.address, prefixLength: 128))
            }
            guard let length = UInt8(parts[1]), length <= 128 - shift else { return nil }
            return .range(Range(address: address.address, prefixLength: length + shift))
        }
        let named = text.split(separator: ":", maxSplits: 1)
        guard var name = named.first else { return nil }
        while name.hasPrefix("*") || name.hasPrefix(".") { name = name.dropFirst() }
        guard !name.isEmpty else { return nil }
        guard named.count == 2 else { return .name(name.lowercased(), port: nil) }
        guard let port = UInt16(named[1]) else { return nil }
        return .name(name.lowercased(), port: port)
    }
}
