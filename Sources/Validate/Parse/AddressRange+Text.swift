extension AddressRange {
    /// The range as a configuration would have it: `10.0.0.0/8`, `fd00::/8`.
    var text: String {
        let isIPv4 =
            prefixLength >= 96 && address.prefix(10).allSatisfy { $0 == 0 } && address[10] == 0xFF
            && address[11] == 0xFF
        if isIPv4 {
            let parts = address.suffix(4).map { String($0) }
            return parts.joined(separator: ".") + "/\(prefixLength - 96)"
        }
        return AddressText.canonicalIPv6(address) + "/\(prefixLength)"
    }
}
