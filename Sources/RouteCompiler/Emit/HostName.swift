import TableFormat

/// One key of the host hash.
struct HostName: Hashable {
    let group: UInt32
    let text: [UInt8]

    init(_ group: UInt32, _ text: [UInt8]) {
        self.group = group
        self.text = Self.canonical(text)
    }

    /// IPv6 addresses have one spelling.
    private static func canonical(_ text: [UInt8]) -> [UInt8] {
        guard text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]"),
            let address = IPv6Text.parse(Array(text[1..<(text.count - 1)]))
        else { return text }
        return [UInt8(ascii: "[")] + IPv6Text.text(of: address) + [UInt8(ascii: "]")]
    }

    var labels: [[UInt8]] {
        text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map(Array.init)
    }

    /// Labels count from the right, so that a suffix has the same sum in every name.
    func key(textSeed: UInt64) -> UInt64 {
        let labels = labels
        var sum: UInt64 = 0
        for (position, label) in labels.reversed().enumerated() {
            sum &+= TableHash.segment(label, at: position, seed: textSeed)
        }
        return TableHash.key(sum, owner: group, variant: UInt32(labels.count))
    }
}
