/// The problems that kept a table from being written, in the order of the source. At least one.
package struct CompileFailure: Error, Equatable, Sendable {
    package let problems: [CompileProblem]
    /// What was proved all the same about the routes that have no problem.
    package let findings: ProofFindings

    package init(
        _ problems: [CompileProblem],
        findings: ProofFindings = ProofFindings(diagnostics: [], omittedCount: 0)
    ) {
        self.problems = problems
        self.findings = findings
    }
}
