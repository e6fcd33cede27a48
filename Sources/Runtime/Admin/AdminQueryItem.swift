internal import RouteTable

/// One `name=value` of a query, decoded.
package struct AdminQueryItem: Equatable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Reads `a=1&b=two+words&c=%2F`.
    ///
    /// - Returns: nil if a percent sign stands before anything but two hexadecimal digits, or what is
    ///   decoded is not UTF-8.
    package static func items(of query: [UInt8]) -> [AdminQueryItem]? {
        var items: [AdminQueryItem] = []
        for pair in query.split(separator: UInt8(ascii: "&")) {
            let halves = pair.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decoded(halves[0]) else { return nil }
            guard let value = halves.count > 1 ? decoded(halves[1]) : "" else { return nil }
            items.append(AdminQueryItem(name: name, value: value))
        }
        return items
    }

    private static func decoded(_ text: some Collection<UInt8>) -> String? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(OctetClass.hexadecimalValue),
                    let low = rest.popFirst().flatMap(OctetClass.hexadecimalValue)
                else { return nil }
                bytes.append(UInt8(high) << 4 | UInt8(low))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
