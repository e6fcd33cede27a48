import TableFormat

extension Filing {
    /// Whether a subject is looked at that is found in this way only.
    func admits(_ subject: [UInt8]) -> Bool {
        switch self {
        case .exact(let text): subject == text
        case .shape(let shape): shape.admits(subject)
        case .affix(.prefix, let text): subject.starts(with: text)
        case .affix(.suffix, let text): subject.reversed().starts(with: text.reversed())
        case .inner(let text): subject.firstRange(of: text) != nil
        case .unfiltered: true
        }
    }
}

extension FiledShape {
    fileprivate func admits(_ path: [UInt8]) -> Bool {
        let segments = path.dropFirst().split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard tail == .end ? segments.count == literals.count : segments.count >= literals.count
        else { return false }
        for (literal, segment) in zip(literals, segments) {
            if let literal, !segment.elementsEqual(literal) { return false }
        }
        guard let affixSegment else { return true }
        let segment = segments[affixSegment]
        return segment.starts(with: prefix) && segment.reversed().starts(with: suffix.reversed())
    }
}
