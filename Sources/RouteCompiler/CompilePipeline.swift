import Diagnostics
import TableFormat
import Validate

/// The steps from a configuration to a table, in order.
enum CompilePipeline {
    /// Seeds of the text hash to try. A second one is needed when two of the 64-bit hashes are equal.
    private static let textSeedsMax: UInt64 = 8

    static func run(
        _ configuration: Configuration, ceilings: WorstCaseCeilings, endsSoon: Bool
    ) throws(CompileFailure) -> CompiledTable {
        // Patterns in bytes, routes in the order of their precedence, regexes compiled.
        var lowering = HostLowering(configuration)
        let hosts = lowering.lower(configuration.hosts)

        // Which routes can be reached, and what else there is to say about all of them together.
        var proofs = RouteProofs(
            hosts, regexes: lowering.regexes.regexes, configuration: configuration)
        let findings = proofs.findings()
        guard lowering.problems.isEmpty else {
            let problems = lowering.problems + UnfilledHeaders.problems(of: hosts, configuration)
            throw CompileFailure(problems, findings: findings)
        }
        if endsSoon { EndOfProcess.keep(hosts) }

        // One way to find each pattern: the rarest of those there are.
        let routeFilings = hosts.map { FilingChoice.choose($0.routes.map(\.filings)) }
        let hostFilings = hostFilings(of: hosts)

        for textSeed in 0..<textSeedsMax {
            var emitter = TableEmitter(
                configuration: configuration, hosts: hosts, routeFilings: routeFilings,
                hostFilings: hostFilings, lowering: lowering, textSeed: textSeed)
            let isPerfect = emitter.emit()
            try fail(with: emitter.problems, findings)
            if endsSoon { EndOfProcess.keep(emitter) }
            if isPerfect { return try seal(emitter, ceilings, findings) }
        }
        throw CompileFailure([CompileProblem(.unstableHash, at: nil)], findings: findings)
    }

    /// What there is to say about a configuration that can't be made into a table, because it has errors.
    static func review(
        _ configuration: Configuration
    ) -> (problems: [CompileProblem], findings: ProofFindings) {
        var lowering = HostLowering(configuration)
        let hosts = lowering.lower(configuration.hosts)
        var proofs = RouteProofs(
            hosts, regexes: lowering.regexes.regexes, configuration: configuration)
        let problems = lowering.problems + UnfilledHeaders.problems(of: hosts, configuration)
        return (problems, proofs.findings())
    }

    /// Chosen among the host regexes of one port, which are asked together.
    private static func hostFilings(of hosts: [LoweredHost]) -> [Filing] {
        var chosen = [Filing](repeating: .unfiltered, count: hosts.count)
        var members: [UInt16: [Int]] = [:]
        for (index, host) in hosts.enumerated() where host.regex != nil {
            members[host.rule.port ?? 0, default: []].append(index)
        }
        // Each port is on its own, so the order of the ports changes nothing.
        for group in members.values {
            let filings = FilingChoice.choose(group.map { hosts[$0].filings })
            for (member, filing) in zip(group, filings) { chosen[member] = filing }
        }
        return chosen
    }

    /// Puts the file together and states its worst case.
    private static func seal(
        _ emitter: TableEmitter, _ ceilings: WorstCaseCeilings, _ findings: ProofFindings
    ) throws(CompileFailure) -> CompiledTable {
        var assembly = TableAssembly(emitter.sections)
        guard assembly.byteCount <= TableLimits.fileBytesMax else {
            throw CompileFailure(
                [CompileProblem(.tooLarge(assembly.byteCount), at: nil)], findings: findings)
        }
        let (worstCase, heaviest) = assembly.worstCase()
        if let excess = ceilings.excess(of: worstCase) {
            throw CompileFailure(
                [emitter.problem(excess, worstCase, heaviest)], findings: findings)
        }
        var header = TableHeader()
        header.seeds = emitter.seeds
        header.worstCase = worstCase
        header.requestStepsMax = TableLimits.requestSteps(for: worstCase)
        header.pathOptions = pathOptions(of: emitter.configuration.settings)
        let digest = assembly.seal(header)
        let routes = emitter.hosts.lazy.flatMap(\.routes)
        return CompiledTable(
            bytes: assembly.bytes, digestText: hexText(digest.prefix(8)),
            hostCount: emitter.hosts.count, routeCount: routes.reduce(0) { count, _ in count + 1 },
            serviceCount: emitter.configuration.services.count,
            regexCount: emitter.lowering.regexes.regexes.count,
            loweredCount: routes.reduce(0) { $0 + ($1.isLowered ? 1 : 0) }, worstCase: worstCase,
            findings: findings)
    }

    private static func pathOptions(of settings: Settings) -> UInt32 {
        (settings.mergesSlashes ? TableHeader.mergesSlashes : 0)
            | (settings.encodedSlash == .keep ? TableHeader.keepsEncodedSlash : 0)
            | (settings.deniesHiddenFiles ? TableHeader.deniesHiddenFiles : 0)
    }

    private static func hexText(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func fail(
        with problems: [CompileProblem], _ findings: ProofFindings
    ) throws(CompileFailure) {
        if !problems.isEmpty { throw CompileFailure(problems, findings: findings) }
    }
}

extension TableEmitter {
    /// Writes all sections.
    ///
    /// - Returns: Whether all hashes came out perfect.
    fileprivate mutating func emit() -> Bool {
        emitMiddlewares()
        guard emitHostIndex(), emitPathIndex(), emitRegexIndex() else { return false }
        emitRoutes()
        guard emitPathHash() else { return false }
        emitHosts()
        emitRegexes()
        emitCold()
        emitPrecompiled()
        return true
    }
}
