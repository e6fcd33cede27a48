package import TableFormat
package import Validate

/// The back end of the compiler: a validated configuration in, a table out.
package enum RouteCompiler {
    /// Makes the table of `configuration`.
    ///
    /// - Parameters:
    ///   - ceilings: What one request may cost at most.
    ///   - endsSoon: The process ends soon, so memory is not given back before.
    /// - Throws: ``CompileFailure`` where the configuration is valid but does not fit a table.
    /// - Complexity: O(*n* log *n*) for *n* routes.
    package static func compile(
        _ configuration: Configuration, ceilings: WorstCaseCeilings = .standard,
        endsSoon: Bool = false
    ) throws(CompileFailure) -> CompiledTable {
        try CompilePipeline.run(configuration, ceilings: ceilings, endsSoon: endsSoon)
    }

    /// What there is to say about the sound part of a configuration with errors.
    ///
    /// - Returns: What would not fit a table, and what is proved about the routes that are known.
    package static func review(
        _ configuration: Configuration
    ) -> (problems: [CompileProblem], findings: ProofFindings) {
        CompilePipeline.review(configuration)
    }

    /// What is known about each route, by host and place in its list.
    ///
    /// - Throws: ``CompileFailure`` where the patterns of `configuration` can't be lowered.
    package static func knowledge(
        of configuration: Configuration
    ) throws(CompileFailure) -> [[RouteKnowledge]] {
        var lowering = HostLowering(configuration)
        let hosts = lowering.lower(configuration.hosts)
        guard lowering.problems.isEmpty else { throw CompileFailure(lowering.problems) }
        var proofs = RouteProofs(
            hosts, regexes: lowering.regexes.regexes, configuration: configuration)
        return proofs.knowledge()
    }
}
