package import Validate

/// The back end of the compiler: a validated configuration in, a table out.
package enum RouteCompiler {
    /// Makes the table of `configuration`.
    ///
    /// - Throws: ``CompileFailure`` where the configuration is valid but does not fit a table.
    /// - Complexity: O(*n* log *n*) for *n* routes.
    package static func compile(
        _ configuration: Configuration
    ) throws(CompileFailure) -> CompiledTable {
        try CompilePipeline.run(configuration)
    }

    /// What is known about each route, by host and place in its list.
    ///
    /// - Throws: ``CompileFailure`` where the patterns of `configuration` can't be lowered.
    package static func knowledge(
        of configuration: Configuration
    ) throws(CompileFailure) -> [[RouteKnowledge]] {
        var lowering = HostLowering()
        let hosts = lowering.lower(configuration.hosts)
        guard lowering.problems.isEmpty else { throw CompileFailure(lowering.problems) }
        var proofs = RouteProofs(
            hosts, regexes: lowering.regexes.regexes, configuration: configuration)
        return proofs.knowledge()
    }
}
