/// Paths that a pattern probably takes, the plainest first.
enum WitnessPaths {
    private static let fillers = ["x", "a", "1", "x1", "A", "zz~", "-"]
    private static let regexVariants = 24

    static func all(of route: RouteDescription) -> [String] {
        switch route.kind {
        case "exact": return [route.pattern]
        case "regex": return paths(ofRegex: route.pattern)
        default:
            let isOpen = route.kind == "subtree"
            return fillers.flatMap { filler in
                paths(route.pattern, isOpen: isOpen, filler: filler)
            }
        }
    }

    /// The first of ``all(of:)`` alone, for routes by the thousand.
    static func plainest(of route: RouteDescription) -> String? {
        switch route.kind {
        case "exact": return route.pattern
        case "regex":
            let sample = RegexSample.make(of: RegexText.source(of: route.pattern), variant: 0)
            return sample.map { $0.hasPrefix("/") ? $0 : "/" + $0 }
        default:
            return paths(route.pattern, isOpen: route.kind == "subtree", filler: fillers[0]).first
        }
    }

    private static func paths(_ pattern: String, isOpen: Bool, filler: String) -> [String] {
        var segments = pattern.split(separator: "/", omittingEmptySubsequences: false)
            .dropFirst().map(String.init)
        // A table from elsewhere may hold any text as the pattern.
        if isOpen { _ = segments.popLast() }
        let fixed = segments.map { segment in
            if segment.hasPrefix("{"), segment.hasSuffix("}") { return filler }
            return segment.split(separator: "*", omittingEmptySubsequences: false)
                .joined(separator: filler)
        }
        let path = fixed.map { "/" + $0 }.joined()
        guard isOpen else { return [path] }
        let bare = path.isEmpty ? "/" : path
        return ["\(path)/\(filler)", bare, "\(path)/\(filler)/\(filler)", "\(path)/"]
    }

    private static func paths(ofRegex pattern: String) -> [String] {
        let source = RegexText.source(of: pattern)
        var paths: [String] = []
        for variant in 0..<regexVariants {
            guard let sample = RegexSample.make(of: source, variant: variant) else { return [] }
            let ways = sample.hasPrefix("/") ? [sample, "/x" + sample] : ["/" + sample]
            for path in ways where !paths.contains(path) { paths.append(path) }
        }
        return paths
    }
}
