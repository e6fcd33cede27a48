import TableFormat

extension CostlyRegex.Subject {
    var byteCountMax: Int {
        switch self {
        case .path: TableLimits.pathBytesMax
        case .host: TableLimits.hostBytesMax
        case .value: TableLimits.conditionBytesMax
        }
    }

    /// The bytes that it may have. Escapes are left out: a byte of them alone is nothing.
    var alphabet: ByteSet {
        var set = ByteSet()
        switch self {
        case .path:
            for byte in UInt8(0x21)...0x7E where !Array("\\#?%".utf8).contains(byte) {
                set.insert(byte)
            }
        case .host:
            for byte in Array("abcdefghijklmnopqrstuvwxyz0123456789-.".utf8) { set.insert(byte) }
        case .value:
            for byte in UInt8(0x20)...0x7E { set.insert(byte) }
        }
        return set
    }

    /// What requests are found by that the regex is tried on.
    func filings(of tree: RegexTree, _ source: String, _ ignoresCase: Bool) -> [Filing] {
        switch self {
        case .path: RegexFilings.ofRoute(tree)
        case .host: RegexFilings.ofHost(source, ignoresCase: ignoresCase)
        case .value: []
        }
    }

    /// What may make the regex fail behind a text that it likes.
    var ends: [[UInt8]] {
        switch self {
        case .path: ["!", "", "-", "/!", "A", "0", "~", "."].map { Array($0.utf8) }
        case .host: ["", "-0", "0", "a", ".0", ".a"].map { Array($0.utf8) }
        case .value: ["!", "", "-", " ", "A", "0", "~", ";"].map { Array($0.utf8) }
        }
    }

    /// Whether a request can have it.
    func canBe(_ text: [UInt8], _ rules: CostlyRegex.SampleRules) -> Bool {
        switch self {
        case .value: return true
        case .host:
            let labels = text.split(
                separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            return labels.allSatisfy { label in
                (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
            }
        case .path:
            guard text.first == UInt8(ascii: "/") else { return false }
            let segments = PathForm.split(text)
            return segments.count <= TableLimits.segmentCountMax
                && segments.enumerated().allSatisfy { position, segment in
                    CanonicalText.fault(
                        ofSegment: segment, isLast: position == segments.count - 1,
                        keepsEncodedSlash: rules.keepsEncodedSlash) == nil
                        && !(rules.deniesHiddenFiles && PathForm.isHidden(segment))
                }
        }
    }
}
