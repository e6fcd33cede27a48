import TableFormat

/// How a host and a path became canonical, for people: each step that changed something, with what
/// was there after it.
///
/// Written apart from the canonicaliser, which does all in one pass; a test holds the last step of
/// any accepted request against what the canonicaliser made.
package enum CanonicalTrace {
    /// One step that changed something.
    package struct Step: Equatable, Sendable {
        /// Such as `dot segments are removed`.
        package var change: String
        package var result: String
    }

    /// The steps for a path that was accepted.
    static func steps(path: String, rules: PathRules) -> [Step] {
        var trace = Trace(Array(path.utf8))
        trace.add("escapes of unreserved characters are decoded") { decoded($0) }
        trace.add("digits of escapes are in upper case") { upperCased($0) }
        if rules.mergesSlashes { trace.add("repeated slashes are merged") { merged($0) } }
        trace.add("dot segments are removed") { withoutDotSegments($0) }
        return trace.steps
    }

    /// The steps for a host that was accepted and became `canonical`.
    static func steps(host: String, canonical: String) -> [Step] {
        var trace = Trace(Array(host.utf8))
        trace.add("the port is dropped") { bytes in
            let nameEnd = bytes.lastIndex(of: UInt8(ascii: "]")) ?? bytes.startIndex
            guard let colon = bytes[nameEnd...].firstIndex(of: UInt8(ascii: ":")) else {
                return bytes
            }
            return Array(bytes[..<colon])
        }
        trace.add("the trailing dot is dropped") { bytes in
            bytes.last == UInt8(ascii: ".") ? Array(bytes.dropLast()) : bytes
        }
        trace.add("letters are in lower case") { bytes in
            bytes.map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
        }
        trace.add("the address is in its short form") { bytes in
            bytes.first == UInt8(ascii: "[") ? Array(canonical.utf8) : bytes
        }
        return trace.steps
    }

    /// The bytes after each step so far.
    private struct Trace {
        var bytes: [UInt8]
        var steps: [Step] = []

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        mutating func add(_ change: String, _ step: ([UInt8]) -> [UInt8]) {
            let result = step(bytes)
            guard result != bytes else { return }
            bytes = result
            steps.append(Step(change: change, result: String(decoding: bytes, as: UTF8.self)))
        }
    }

    /// The two digits behind a percent sign at `index`, if that is what stands there.
    static func escape(_ bytes: [UInt8], at index: Int) -> UInt8? {
        guard bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
            let high = IPv6Text.hexDigit(bytes[index + 1]),
            let low = IPv6Text.hexDigit(bytes[index + 2])
        else { return nil }
        return high << 4 | low
    }

    static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        mapEscapes(bytes) { value, text in ByteClass.isUnreserved(value) ? [value] : text }
    }

    /// Every escape decoded, once.
    static func fullyDecoded(_ bytes: [UInt8]) -> [UInt8] {
        mapEscapes(bytes) { value, _ in [value] }
    }

    private static func upperCased(_ bytes: [UInt8]) -> [UInt8] {
        mapEscapes(bytes) { _, text in
            text.map { $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f") ? $0 & 0xDF : $0 }
        }
    }

    private static func mapEscapes(
        _ bytes: [UInt8], _ change: (UInt8, [UInt8]) -> [UInt8]
    ) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let value = escape(bytes, at: index) {
                result += change(value, Array(bytes[index..<(index + 3)]))
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func merged(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes where byte != UInt8(ascii: "/") || result.last != byte {
            result.append(byte)
        }
        return result
    }

    private static func withoutDotSegments(_ bytes: [UInt8]) -> [UInt8] {
        var kept: [ArraySlice<UInt8>] = []
        let segments = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .dropFirst()
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            if segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) {
                if segment.count == 2, !kept.isEmpty { kept.removeLast() }
                if isLast { kept.append([]) }
            } else {
                kept.append(segment)
            }
        }
        return kept.flatMap { [UInt8(ascii: "/")] + $0 }
    }
}
