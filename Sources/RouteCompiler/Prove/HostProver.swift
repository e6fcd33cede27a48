import TableFormat
import Validate

/// Finds out which routes of one host can be reached.
///
/// Whether better routes take all requests of a route is asked for a few paths that stand for all of its paths
/// (``GenericPath``), in a tree of all patterns. What is left of the route's methods, protocols and clients when
/// all that match are taken away is reached; when nothing is left on any path, the route is shadowed. Both
/// answers are exact for everything but regexes, which are never taken to cover another pattern.
struct HostProver {
    let forms: [PathForm]
    /// Of a regex, one form for each of its alternatives, by rank.
    private let alternatives: [Int: [PathForm]]
    let filler: FreshText
    private(set) var space: ConditionSpace
    private let index: PathIndex
    /// Routes that are their own regex, by its index.
    private let sameRegex: [Int: [Int]]
    private let settings: Settings

    /// Steps that may be spent on one route.
    private static let stepsMax = 20_000
    /// Steps that may be spent on the whole host, and for each of its routes.
    private static let hostSteps = 200_000
    private static let stepsPerRoute = 400
    private var budget: Int

    /// - Parameter routes: By rank.
    init(_ routes: [LoweredRoute], settings: Settings) {
        self.settings = settings
        forms = routes.map { PathForm($0) }
        var alternatives: [Int: [PathForm]] = [:]
        for (rank, form) in forms.enumerated() where form.regex != nil {
            alternatives[rank] = PathForm.all(of: routes[rank])
        }
        self.alternatives = alternatives
        filler = FreshText(forms + alternatives.values.joined())
        space = ConditionSpace(routes.map(\.rule.conditions))
        var index = PathIndex()
        var sameRegex: [Int: [Int]] = [:]
        for (rank, form) in forms.enumerated() {
            guard !space.routes[rank].isUndecided else { continue }
            if let regex = form.regex {
                sameRegex[regex, default: []].append(rank)
            } else {
                index.add(form, rank: rank, fields: space.routes[rank].fields)
            }
        }
        self.index = index
        self.sameRegex = sameRegex
        budget = Self.hostSteps + Self.stepsPerRoute * routes.count
    }

    /// What is known about the route of a rank.
    mutating func reach(of rank: Int) -> RouteReach {
        let conditions = space.routes[rank]
        guard !conditions.isUndecided else { return .undecided }
        guard !conditions.box.isEmpty else {
            return .impossible(
                "what its `protocol` names is always a GET, which its `methods` leave out")
        }
        let fieldSets = space.subsets(of: conditions.fields)
        let lengthMax = min(index.depth + 1, TableLimits.segmentCountMax)
        var steps = min(Self.stepsMax, budget)
        defer { budget -= min(Self.stepsMax, budget) - max(steps, 0) }
        var taken: [RouteReach.Taken] = []
        var hasPath = false
        var fault: String?
        for form in alternatives[rank] ?? [forms[rank]] {
            if let reason = impossibility(of: form) {
                fault = fault ?? reason
                continue
            }
            for filling in form.fillings(lengthMax: lengthMax) {
                guard
                    let path = form.path(filling, deniesHiddenFiles: settings.deniesHiddenFiles)
                else { continue }
                hasPath = true
                var found = sameRegex(as: form, better: rank, fieldSets)
                index.find(
                    path, better: rank, fieldSets: fieldSets, filler: filler, budget: &steps,
                    into: &found)
                guard steps >= 0 else { return .undecided }
                found.sort()
                switch coverage(of: conditions, by: found, on: path) {
                case .covered(let more): taken += more
                case .open(let point, let client): return .reached(path, point, client: client)
                }
            }
        }
        guard hasPath else {
            return .impossible(fault ?? "`deny_hidden_files` refuses all of its paths")
        }
        return .shadowed(onePerRank(taken))
    }

    /// Better routes with the very same regex.
    private func sameRegex(as form: PathForm, better rank: Int, _ fieldSets: [Int]) -> [Int] {
        guard let regex = form.regex else { return [] }
        return (sameRegex[regex] ?? []).prefix { $0 < rank }
            .filter { fieldSets.contains(space.routes[$0].fields) }
    }

    /// The rank of the best route better than `rank` that takes a request, regexes left aside.
    mutating func best(
        for path: GenericPath, _ point: RequestPoint, _ client: UInt128?, ofRoute rank: Int
    ) -> Int? {
        var found: [Int] = []
        var steps = Self.stepsMax
        index.find(
            path, better: rank, fieldSets: space.subsets(of: space.routes[rank].fields),
            filler: filler, budget: &steps, into: &found)
        return found.filter { space.routes[$0].takes(point, client) }.min()
    }

    private enum Coverage {
        case covered([RouteReach.Taken])
        case open(RequestPoint, UInt128?)
    }

    /// Takes the requests of `routes`, best first, away from those of `conditions`.
    private func coverage(
        of conditions: ProvedConditions, by routes: [Int], on path: GenericPath
    ) -> Coverage {
        var rest = conditions.box
        var partial: [Int] = []
        var taken: [RouteReach.Taken] = []
        let clients = conditions.clients ?? .all
        for rank in routes {
            let other = space.routes[rank]
            let share = other.box.intersection(rest)
            guard let point = share.firstPoint else { continue }
            // What those before leave at this point; nothing, if they have all of it.
            let before = clientsTaken(at: point, by: partial)
            let client = clients.first(inside: other.clients ?? .all, outside: before)
            if let client {
                taken.append(
                    RouteReach.Taken(path: path, point: point, client: client, rank: rank))
            }
            if let those = other.clients, clients.first(outside: those) != nil {
                partial.append(rank)
            } else {
                rest.subtract(share)
            }
            if rest.isEmpty { return .covered(taken) }
        }
        for point in rest.points {
            if let gap = clients.first(outside: clientsTaken(at: point, by: partial)) {
                return .open(point, gap)
            }
        }
        return .covered(taken)
    }

    /// The clients whose requests `routes` take at one point.
    private func clientsTaken(at point: RequestPoint, by routes: [Int]) -> ClientSet {
        guard !routes.isEmpty else { return ClientSet(stretches: []) }
        return ClientSet(
            unionOf: routes.filter { space.routes[$0].box.contains(point) }
                .flatMap { space.routes[$0].clients?.stretches ?? [] })
    }

    private func onePerRank(_ taken: [RouteReach.Taken]) -> [RouteReach.Taken] {
        var known: Set<Int> = []
        return taken.filter { known.insert($0.rank).inserted }
    }

    /// Why no path is as the form wants it, or nil.
    private func impossibility(of form: PathForm) -> String? {
        if let fault = impossibility(of: form.segments) { return fault }
        return form.foldedSegments.flatMap { folded in
            impossibility(of: folded.map(Self.withUpperCaseEscapes))
        }
    }

    private func impossibility(of segments: [LoweredSegment]) -> String? {
        for (position, segment) in segments.enumerated() {
            if case .glob(let texts) = segment {
                if let fault = impossibility(ofGlob: texts) { return fault }
            }
            guard case .literal(let text) = segment else { continue }
            // With an open tail the path may end here as well.
            let isLast = position == segments.count - 1
            let fault = CanonicalText.fault(
                ofSegment: text, isLast: isLast,
                keepsEncodedSlash: settings.encodedSlash == .keep)
            if let fault { return fault }
        }
        return nil
    }

    /// Digits of escapes are upper-case in canonical paths, and a regex that ignores case has them as well.
    private static func withUpperCaseEscapes(_ segment: LoweredSegment) -> LoweredSegment {
        func upperCased(_ text: [UInt8]) -> [UInt8] {
            var result = text
            for index in result.indices where (0x61...0x66).contains(result[index]) {
                let isDigit = (1...2).contains { distance in
                    index >= distance && result[index - distance] == UInt8(ascii: "%")
                }
                if isDigit { result[index] -= 0x20 }
            }
            return result
        }
        switch segment {
        case .literal(let text): return .literal(upperCased(text))
        case .glob(let texts): return .glob(texts.map(upperCased))
        case .wildcard, .anything: return segment
        }
    }

    /// Why no segment has these texts in it, or nil.
    private func impossibility(ofGlob texts: [[UInt8]]) -> String? {
        for (position, text) in texts.enumerated() {
            let fault = CanonicalText.fault(
                ofPart: text, mayEndInEscape: position < texts.count - 1,
                keepsEncodedSlash: settings.encodedSlash == .keep)
            if let fault { return fault }
        }
        return nil
    }
}
