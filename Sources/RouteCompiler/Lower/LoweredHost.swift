import Validate

/// A host rule with its routes in the order of their precedence. A class for the reason that
/// ``LoweredRoute`` is one.
final class LoweredHost {
    let rule: HostRule
    /// Index of the own pattern's regex.
    var regex: Int?
    /// Texts that the own regex requires.
    var filings: [Filing] = []
    /// What the own regex captures.
    var captures: [LoweredRoute.Capture] = []
    /// Best first.
    var routes: [LoweredRoute] = []
    /// Whether there are routes that are not among them because of a mistake.
    var lacksRoutes = false

    init(rule: HostRule) { self.rule = rule }
}
