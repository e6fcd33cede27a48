/// What the rules look at.
struct RuleSubject {
    let configuration: Configuration
    let observations: Observations
    let serviceNames: NameIndex
    let middlewareNames: NameIndex
    let gaps: Gaps
    /// Where something is wrong, all texts that may be meant as references; else empty.
    let references: Set<String>

    /// Whether nothing refers to this, also nothing that could not be decoded.
    func isUnused(_ name: String) -> Bool { !references.contains(name) && !gaps.mayHold(name) }
}
