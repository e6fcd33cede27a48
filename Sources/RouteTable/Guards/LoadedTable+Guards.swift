import TableFormat

/// What stepping through a guard program reads. Indices come from the table, which was verified.
extension LoadedTable {
    /// The program of a route.
    package func guardProgram(of route: RouteIndex) -> GuardProgram {
        program(ofChain: view.action(view.route(route.rawValue).action).chain)
    }

    /// The program for requests that go to the target of a host rule.
    ///
    /// - Parameter host: As ``Matcher/hostRuleIndex()`` says.
    package func guardProgram(ofHostRule host: Int) -> GuardProgram {
        program(ofChain: view.host(UInt32(host)).chain)
    }

    private func program(ofChain index: UInt32) -> GuardProgram {
        let chain = view.record(ChainRecord.self, .chains, at: index)
        return GuardProgram(first: chain.firstStep, count: chain.stepCount)
    }

    /// One step, by its place in its program.
    package func guardStep(_ place: UInt32, of program: GuardProgram) -> GuardStep {
        let record = view.record(GuardStepRecord.self, .guardSteps, at: program.first + place)
        guard let kind = MiddlewareKind(rawValue: record.kind) else {
            preconditionFailure("a step of a kind that loading accepts is unknown")
        }
        return GuardStep(kind: kind, policy: record.policy, middleware: record.middleware)
    }

    /// Whether an `ip_filter` lets a client in.
    ///
    /// - Complexity: O(log *n*) for *n* ranges.
    package func admits(_ client: ClientAddress, by filter: UInt32) -> Bool {
        let record = view.record(IPFilterRecord.self, .ipFilters, at: filter)
        // The last verdict that begins at the address or below it. The first one begins at zero.
        var low: UInt32 = 0
        var high = record.verdictCount
        while high - low > 1 {
            let middle = low + (high - low) / 2
            let verdict = self.verdict(record.firstVerdict + middle)
            let isBelow =
                verdict.high < client.high
                || (verdict.high == client.high && verdict.low <= client.low)
            if isBelow { low = middle } else { high = middle }
        }
        return verdict(record.firstVerdict + low).admits == 1
    }

    private func verdict(_ index: UInt32) -> AddressVerdictRecord {
        view.record(AddressVerdictRecord.self, .addressVerdicts, at: index)
    }
}
