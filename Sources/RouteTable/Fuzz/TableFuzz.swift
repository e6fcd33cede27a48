import TableFormat

/// The entry for fuzzing: any bytes at all must be refused or behave as some valid table.
package enum TableFuzz {
    /// Loads `bytes` as they are and with checksums repaired, and looks up in what is accepted.
    ///
    /// Ends without a trap, whatever the bytes. Never trusts them: PCRE2's code is not decoded.
    package static func run(_ bytes: [UInt8]) {
        _ = outcomes(of: bytes)
        if let repaired = TableRepair.repair(bytes) { _ = outcomes(of: repaired) }
    }

    /// What the table says about each of ``requests``, or why it is refused.
    package static func outcomes(of bytes: [UInt8]) -> Result<[MatchOutcome], TableError> {
        do {
            let table = try LoadedTable(checking: bytes, isTrusted: false)
            return .success(outcomes(of: table))
        } catch {
            return .failure(error)
        }
    }

    private static func outcomes(of table: borrowing LoadedTable) -> [MatchOutcome] {
        var matcher = Matcher(for: table, fetchesEarly: false)
        var early = Matcher(for: table, fetchesEarly: true)
        var outcomes: [MatchOutcome] = []
        for request in FuzzRequest.requests {
            let outcome = request.withView { view in
                let outcome = matcher.match(view, in: table, draw: 0x8000_0000)
                precondition(
                    early.match(view, in: table, draw: 0x8000_0000) == outcome,
                    "fetching early changed an answer")
                use(outcome, view, in: table, by: &matcher)
                let violation = GuardWalk.violation(
                    outcome, client: view.client, in: table, by: &matcher)
                precondition(violation == nil, violation ?? "")
                return outcome
            }
            outcomes.append(outcome)
        }
        // Everything that the runtime reads once.
        _ = (table.services(), table.listeners(), table.settings(), table.digestText)
        return outcomes
    }

    /// Does what the runtime does with an outcome.
    private static func use(
        _ outcome: MatchOutcome, _ request: borrowing RequestView, in table: borrowing LoadedTable,
        by matcher: inout Matcher
    ) {
        switch outcome {
        case .forward(let route, let service):
            precondition(
                Int(service.rawValue) < table.services().count, "a service index was not verified")
            _ = matcher.rewrite(by: route, in: table)
            _ = matcher.forwardPath().byteCount
            guard let route else { return }
            _ = table.name(of: route).byteCount + table.file(of: route).byteCount
            _ = table.line(of: route)
        case .redirect(let route):
            _ = matcher.makeRedirect(by: route, request: request, in: table)
            _ = matcher.redirectLocation().byteCount
            _ = table.redirectStatus(of: route)
        case .respond(let route): _ = table.response(of: route).body.byteCount
        case .notFound, .refused, .tooExpensive: return
        }
    }
}
