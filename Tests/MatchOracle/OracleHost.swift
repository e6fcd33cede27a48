/// A slow and plain canonicaliser of host names.
package enum OracleHost {
    /// Lower case, without port and trailing dot; nil where the answer is 400.
    package static func canonical(_ raw: String) -> String? {
        // An HTTP/1.0 request may name no host; only `*` and patterns for no host are for it.
        if raw.isEmpty { return "" }
        guard raw.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
        var name = raw.lowercased()
        if name.hasPrefix("[") { return literal(name) }
        if let colon = name.firstIndex(of: ":") {
            guard isPort(name[colon...].dropFirst()) else { return nil }
            name = String(name[..<colon])
        }
        if name.hasSuffix(".") { name.removeLast() }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(isNameByte) }) else {
            return nil
        }
        return name
    }

    /// `[::1]`, with its brackets. Only spellings that are canonical already are compared.
    private static func literal(_ name: String) -> String? {
        guard let end = name.firstIndex(of: "]") else { return nil }
        let rest = name[end...].dropFirst()
        guard rest.isEmpty || (rest.hasPrefix(":") && isPort(rest.dropFirst())) else { return nil }
        return String(name[...end])
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// Letters, digits, hyphen and underscore.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}
