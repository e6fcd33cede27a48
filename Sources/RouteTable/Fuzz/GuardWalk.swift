import TableFormat

/// Steps through the guards of a request as the runtime does, reading all that the runtime reads: what is not as the
/// runtime takes it for granted would end the process there.
package struct GuardWalk {
    /// Parts of values that are made for one request: a made-up table may ask for as many as fill it.
    private static let partCountMax = 1_000

    private var partsLeft = Self.partCountMax

    private init() {}

    /// - Returns: The property that does not hold for the table, or nil.
    package static func violation(
        _ outcome: MatchOutcome, client: ClientAddress, in table: borrowing LoadedTable,
        by matcher: inout Matcher
    ) -> String? {
        let route: RouteIndex?
        let program: GuardProgram
        switch outcome {
        case .forward(let taker?, _), .redirect(let taker), .respond(let taker):
            route = taker
            program = table.guardProgram(of: taker)
        case .forward(nil, _):
            guard let host = matcher.hostRuleIndex() else { return nil }
            route = nil
            program = table.guardProgram(ofHostRule: host)
        case .notFound, .refused, .tooExpensive: return nil
        }
        var walk = GuardWalk()
        for place in 0..<program.count {
            let step = table.guardStep(place, of: program)
            if let violation = walk.take(step, client, route, in: table, by: &matcher) {
                return violation
            }
        }
        return nil
    }

    private mutating func take(
        _ step: GuardStep, _ client: ClientAddress, _ route: RouteIndex?,
        in table: borrowing LoadedTable, by matcher: inout Matcher
    ) -> String? {
        guard let section = step.kind.policySection,
            Int(step.policy) < table.view.count(of: section)
        else { return "a guard step without a policy" }
        switch step.kind {
        case .ipFilter: _ = table.admits(client, by: step.policy)
        case .auth: return nil
        case .headers: return changeHeaders(step.policy, route, in: table, by: &matcher)
        case .cors: return readOrigins(step.policy, in: table)
        case .rateLimit:
            let middleware = table.middlewareRecord(step.middleware)
            guard middleware.kind == step.kind.rawValue, middleware.policy != .none else {
                return "a rate limit of a middleware that counts nothing"
            }
        case .dynamicRoute: return pickService(step.policy, in: table)
        case .webSocket, .eventStream, .logging: return "a step of a kind that takes no steps"
        }
        return nil
    }

    private mutating func changeHeaders(
        _ policy: UInt32, _ route: RouteIndex?, in table: borrowing LoadedTable,
        by matcher: inout Matcher
    ) -> String? {
        let record = table.headerPolicy(policy)
        let runs = [
            (record.firstRequestChange, record.requestChangeCount),
            (record.firstAnswerChange, record.answerChangeCount),
        ]
        for (first, count) in runs {
            for place in 0..<count {
                let change = table.headerChange(first + place)
                guard table.policyText(change.name).byteCount > 0 else {
                    return "a change of a field without a name"
                }
                for piece in 0..<change.pieceCount {
                    partsLeft -= 1
                    guard partsLeft > 0 else { return nil }
                    let record = table.valuePiece(change.firstPiece + piece)
                    fill(record, route, in: table, by: &matcher)
                }
            }
        }
        return nil
    }

    private func fill(
        _ piece: ValuePieceRecord, _ route: RouteIndex?, in table: borrowing LoadedTable,
        by matcher: inout Matcher
    ) {
        func find(_ kind: PieceKind) {
            guard matcher.findPart(kind, piece.value, by: route, in: table) else { return }
            _ = matcher.capturedText().byteCount
        }
        switch ValuePieceKind(rawValue: piece.kind) {
        case .literal:
            _ = table.policyText(TextReference(offset: piece.value, byteCount: piece.byteCount))
        case .segment: find(.segment)
        case .rest: find(.rest)
        case .routeGroup: find(.routeGroup)
        case .hostGroup: find(.hostGroup)
        case .host, .path, .clientAddress, .requestID, .claim, nil: break
        }
    }

    private func readOrigins(_ policy: UInt32, in table: borrowing LoadedTable) -> String? {
        let record = table.corsPolicy(policy)
        for place in 0..<record.originCount { _ = table.textItem(record.firstOrigin + place) }
        for text in [record.methods, record.headers, record.age] { _ = table.policyText(text) }
        return nil
    }

    private func pickService(_ policy: UInt32, in table: borrowing LoadedTable) -> String? {
        let count = table.view.count(of: .services)
        for value in ["", "a", "beta", "x"] {
            let bytes = Array(value.utf8)
            // SAFETY: bytes have no padding; the view is used while the array lives.
            let picked = unsafe table.service(for: bytes.span.bytes, by: policy)
            if let picked, Int(picked.rawValue) >= count { return "a picked service that is none" }
        }
        return nil
    }
}
