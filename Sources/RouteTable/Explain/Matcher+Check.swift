import TableFormat

extension Matcher {
    /// Asks one route about the request matched last, by the functions that matching itself uses.
    ///
    /// - Precondition: The last match chose a host rule.
    mutating func check(
        _ index: Int, _ request: borrowing RequestView, in table: borrowing LoadedTable
    ) -> RouteCheck {
        let route = table.route(index)
        // Matching gives up where a request costs too much; an explanation asks each route on its
        // own.
        regexes.beginRequest(steps: table.requestStepsMax)
        if let refusal = pathRefusal(of: route, in: table) { return refusal }
        for position in 0..<Int(route.conditionCount) {
            let condition: ConditionRecord = table.record(
                Int(route.firstCondition) + position, of: .conditions)
            switch holds(condition, request, in: table) {
            case .match: continue
            case .noMatch: return .unmetCondition(position)
            case .tooExpensive: return .tooExpensive
            }
        }
        return .takes
    }

    /// Whether a host regex matches the host of the request matched last.
    mutating func takesHost(_ regex: UInt32, in table: borrowing LoadedTable) -> Bool {
        regexes.beginRequest(steps: table.requestStepsMax)
        // SAFETY: the buffer is the matcher's own and lives as long as it does.
        return unsafe regexes.match(regex, host.buffer, in: table) == .match
    }

    /// What the regex of a route takes on the path of the request matched last; nil if it has none.
    mutating func regexSteps(
        ofRoute index: Int, in table: borrowing LoadedTable
    ) -> Explanation.RegexSteps? {
        let route = table.route(index)
        guard route.kind == RouteKind.regex.rawValue else { return nil }
        let regex: RegexRecord = table.record(Int(route.regex), of: .regexes)
        if regex.firstStep != .none {
            return Explanation.RegexSteps(taken: 0, limit: regex.matchLimit, isWalked: true)
        }
        regexes.beginRequest(steps: .max)
        // SAFETY: the buffer is the matcher's own and lives as long as it does.
        let steps = unsafe regexes.stepsTaken(by: route.regex, path.buffer, in: table)
        return Explanation.RegexSteps(taken: steps, limit: regex.matchLimit)
    }

    /// Why the pattern does not take the path, or nil if it does.
    private mutating func pathRefusal(
        of route: RouteRecord, in table: borrowing LoadedTable
    ) -> RouteCheck? {
        switch RouteKind(rawValue: route.kind) {
        case .exact:
            if segmentsMatch(route) { return nil }
            let text = table.segments(of: route).map { "/" + $0.text }.joined()
            return .otherPath("the path is not `\(text)`")
        case .segments:
            if segmentsMatch(route) { return nil }
            return .otherPath(difference(from: route, in: table))
        case .regex:
            // SAFETY: the buffer is the matcher's own and lives as long as it does.
            switch unsafe regexes.match(route.regex, path.buffer, in: table) {
            case .match: return nil
            case .noMatch: return .otherPath("the regex does not match the path")
            case .tooExpensive: return .tooExpensive
            }
        case nil: preconditionFailure("a route of a kind that loading accepts is unknown")
        }
    }

    /// The first segment that differs, or the number of segments.
    private func difference(from route: RouteRecord, in table: borrowing LoadedTable) -> String {
        let given = canonicalPath().string.split(separator: "/", omittingEmptySubsequences: false)
            .dropFirst()
        for (position, (text, segment)) in zip(given, table.segments(of: route)).enumerated() {
            let wanted = segment.text
            switch segment.kind {
            case .literal where wanted != text:
                return "segment \(position + 1) is `\(text)`, not `\(wanted)`"
            case .glob where !Self.fits(text, wanted):
                return "segment \(position + 1), `\(text)`, does not fit `\(wanted)`"
            case .wildcard where text.isEmpty: return "segment \(position + 1) is empty"
            default: continue
            }
        }
        return countText(given.count, of: route)
    }

    private func countText(_ count: Int, of route: RouteRecord) -> String {
        let isOpen = route.tail == TailKind.open.rawValue
        return "the path has \(count) segment\(count == 1 ? "" : "s"), not "
            + (isOpen ? "at least " : "") + "\(route.segmentCount)"
    }

    private static func fits(_ text: Substring, _ glob: String) -> Bool {
        let text = Array(text.utf8)
        let glob = Array(glob.utf8)
        // SAFETY: both buffers are used inside the calls only.
        return unsafe glob.withUnsafeBytes { glob in
            unsafe text.withUnsafeBytes { text in unsafe Glob.matches(glob, text) }
        }
    }
}

extension RawSpan {
    /// The bytes as text; what is not UTF-8 is repaired.
    var string: String {
        // SAFETY: the pointer is used inside the call only.
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
