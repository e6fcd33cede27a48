internal import RouteTable

/// All that the table says about one request.
struct MatchAnswer: Equatable {
    let outcome: MatchOutcome
    let canonicalPath: [UInt8]
    /// Empty where nothing is forwarded or the rewritten path is refused.
    var forwardPath: [UInt8] = []
    /// Empty where nothing is redirected or the location is refused.
    var location: [UInt8] = []

    /// The property that does not hold for this answer alone, or `nil`.
    var violation: String? {
        if case .refused = outcome { return nil }
        guard Self.isPath(canonicalPath) else { return "a canonical path with a forbidden byte" }
        guard forwardPath.isEmpty || Self.isPath(forwardPath) else {
            return "a forwarded path with a forbidden byte"
        }
        guard location.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
            return "a location with a forbidden byte"
        }
        return nil
    }

    /// Whether a backend cannot read another path than this, or a line end, out of it.
    private static func isPath(_ path: [UInt8]) -> Bool {
        path.first == UInt8(ascii: "/")
            && path.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\\#?".utf8.contains($0) }
            && !path.split(separator: UInt8(ascii: "/")).contains {
                $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8)
            }
    }
}
