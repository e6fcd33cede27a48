/// The name of a claim, which may lie inside others: `realm_access.roles`.
struct ClaimPath: Sendable {
    /// The name as it is written. A claim of exactly this name comes first: some are URLs, dots and all.
    private let whole: [UInt8]
    /// The names between its dots; empty if it has none.
    private let parts: [[UInt8]]

    init(_ name: [UInt8]) {
        whole = name
        let pieces = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        parts = pieces.count > 1 ? pieces.map(Array.init) : []
    }

    /// The value of the claim.
    func find(in document: JSONDocument, _ bytes: [UInt8]) -> Int? {
        if let value = document.member(whole, of: 0, in: bytes) { return value }
        guard !parts.isEmpty else { return nil }
        var value = 0
        for part in parts {
            guard let member = document.member(part, of: value, in: bytes) else { return nil }
            value = member
        }
        return value
    }
}
