extension PathPattern {
    /// Whether some path of the pattern begins with a prefix of whole segments. Of a regex it is not known.
    func mayBegin(with prefix: String) -> Bool {
        let wanted = Self.segments(of: prefix)
        switch self {
        case .regex: return true
        case .exact(let path):
            return Self.segments(of: path).starts(with: wanted)
        case .segments(let segments, let tail):
            if wanted.count > segments.count, case .end = tail { return false }
            return zip(wanted, segments).allSatisfy { text, segment in
                switch segment {
                case .literal(let literal): literal == text
                // Whether the text fits the stars is not asked.
                case .glob, .wildcard: true
                }
            }
        }
    }

    private static func segments(of path: String) -> [String] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }
}
