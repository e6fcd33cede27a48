extension PathPattern {
    var isRegex: Bool {
        guard case .regex = self else { return false }
        return true
    }

    /// The names of its segments and tail. Those of a regex come from PCRE2.
    var segmentNames: [String] {
        guard case .segments(let segments, let tail) = self else { return [] }
        var names = segments.compactMap { segment in
            if case .wildcard(let name) = segment { return name }
            return nil
        }
        if case .subtree(let name?) = tail { names.append(name) }
        return names
    }

    /// The pattern without names: two with the same shape take the same paths.
    var shape: PathPattern {
        guard case .segments(let segments, let tail) = self else { return self }
        let unnamed = segments.map { segment in
            if case .wildcard = segment { return PathSegment.wildcard(name: nil) }
            return segment
        }
        if case .subtree = tail { return .segments(unnamed, tail: .subtree(name: nil)) }
        return .segments(unnamed, tail: .end)
    }
}
