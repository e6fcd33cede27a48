/// The forms in which diagnostics are printed.
package enum DiagnosticFormat: String, CaseIterable, Sendable {
    case text, json, sarif, github

    /// Prints diagnostics, which are in order already.
    ///
    /// - Parameter sources: The files that the diagnostics' ranges speak of.
    /// - Returns: Whole lines; empty for no diagnostics, except for SARIF, whose document then has no results.
    package func render(_ diagnostics: [Diagnostic], of sources: SourceList) -> String {
        switch self {
        case .text: TextRenderer(sources: sources).render(diagnostics)
        case .json: JSONLinesRenderer(sources: sources).render(diagnostics)
        case .sarif: SARIFRenderer(sources: sources).render(diagnostics)
        case .github: GitHubRenderer(sources: sources).render(diagnostics)
        }
    }
}
