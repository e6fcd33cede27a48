/// What the rules look at.
struct RuleSubject {
    let configuration: Configuration
    let observations: Observations
    let serviceNames: NameIndex
    let middlewareNames: NameIndex
}
