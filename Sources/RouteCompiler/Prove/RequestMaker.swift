import TableFormat
import Validate

/// Makes requests out of what a proof found, and says which regexes take them first.
struct RequestMaker {
    let routes: [LoweredRoute]
    let regexes: [CompiledRegex]
    /// Ranks of the routes that only PCRE2 can decide.
    private let opaque: [Int]
    /// Routes that may be asked about one request.
    private static let opaqueMax = 10_000

    init(_ routes: [LoweredRoute], regexes: [CompiledRegex]) {
        self.routes = routes
        self.regexes = regexes
        opaque = routes.indices.filter { rank in
            if case .regex = routes[rank].pattern { return true }
            return FieldTest.all(of: routes[rank].rule.conditions).contains { $0.isRegex }
        }
    }

    /// A request of the route of a rank.
    ///
    /// - Returns: nil where no value is known that a condition's regex matches.
    func request(
        ofRoute rank: Int, path: [UInt8], method: String, _ point: RequestPoint, client: UInt128?,
        host: (host: String, port: UInt16?)
    ) -> ProofRequest? {
        let conditions = routes[rank].rule.conditions
        func fields(_ tests: [MatchConditions.ValueCondition]) -> [ProofRequest.Field]? {
            var result: [ProofRequest.Field] = []
            for test in tests {
                guard let value = value(for: test.test) else { return nil }
                result.append(ProofRequest.Field(name: test.name, value: value))
            }
            return result
        }
        guard let headers = fields(conditions.headers), let query = fields(conditions.query),
            let cookies = fields(conditions.cookies)
        else { return nil }
        return ProofRequest(
            kind: point.kind, method: method, host: host.host, port: host.port, path: path,
            headers: headers, query: query, cookies: cookies, client: client)
    }

    private func value(for test: MatchConditions.ValueTest) -> String? {
        switch test {
        case .equals(let value): return value
        case .regex(let source, let ignoresCase):
            guard let regex = Self.regex(source, ignoresCase) else { return nil }
            return RegexSample.texts(source, ignoresCase: ignoresCase)
                .first { regex.matches($0) == true }.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static func regex(_ source: String, _ ignoresCase: Bool) -> CompiledRegex? {
        try? CompiledRegex(
            source: Array(source.utf8), options: ignoresCase ? RegexRecord.ignoresCase : 0)
    }

    /// A path that the route's regex matches and that requests can have, or nil.
    func samplePath(ofRoute rank: Int) -> [UInt8]? {
        guard case .regex(let index) = routes[rank].pattern,
            case .regex(let source, let ignoresCase) = routes[rank].rule.pattern.value
        else { return nil }
        let slash = Array("/".utf8)
        for text in RegexSample.texts(source, ignoresCase: ignoresCase) {
            for path in [text, slash + text, slash + Array("x".utf8) + text, text + slash] {
                guard path.first == slash[0], regexes[index].matches(path) == true else { continue }
                let segments = PathForm.split(path)
                let isCanonical = segments.enumerated().allSatisfy { position, segment in
                    CanonicalText.fault(
                        ofSegment: segment, isLast: position == segments.count - 1,
                        keepsEncodedSlash: false) == nil && !PathForm.isHidden(segment)
                }
                if isCanonical { return path }
            }
        }
        return nil
    }

    /// The best of the routes that only PCRE2 can decide and that take `request`, better than `rank`.
    ///
    /// - Returns: nil where there is none.
    /// - Throws: ``Undecided`` where that can't be said.
    func bestOpaque(
        for request: ProofRequest, better rank: Int, in prover: HostProver, at point: RequestPoint
    ) throws(Undecided) -> Int? {
        let segments = PathForm.split(request.path)
        var count = 0
        for candidate in opaque {
            guard candidate < rank else { break }
            count += 1
            guard count <= Self.opaqueMax else { throw Undecided() }
            guard prover.space.routes[candidate].takes(point, request.client),
                try takes(prover.forms[candidate], request.path, segments),
                try holds(routes[candidate].rule.conditions, for: request)
            else { continue }
            return candidate
        }
        return nil
    }

    /// PCRE2 gave up, or there are too many to ask.
    struct Undecided: Error {}

    private func takes(
        _ form: PathForm, _ path: [UInt8], _ segments: [[UInt8]]
    ) throws(Undecided) -> Bool {
        guard let regex = form.regex else { return form.matches(segments) }
        guard let isMatch = regexes[regex].matches(path) else { throw Undecided() }
        return isMatch
    }

    private func holds(
        _ conditions: MatchConditions, for request: ProofRequest
    ) throws(Undecided) -> Bool {
        for (tests, fields) in [
            (conditions.headers, request.headers), (conditions.query, request.query),
            (conditions.cookies, request.cookies),
        ] {
            for test in tests {
                var isMet = false
                for field in fields where field.name == test.name && !isMet {
                    isMet = try holds(test.test, for: field.value)
                }
                guard isMet else { return false }
            }
        }
        return true
    }

    private func holds(
        _ test: MatchConditions.ValueTest, for value: String
    ) throws(Undecided) -> Bool {
        switch test {
        case .equals(let wanted): return wanted == value
        case .regex(let source, let ignoresCase):
            guard let regex = Self.regex(source, ignoresCase),
                let isMatch = regex.matches(Array(value.utf8))
            else { throw Undecided() }
            return isMatch
        }
    }
}
