package import Diagnostics

/// A part of the configuration that is understood but that the proxy does not act on yet.
///
/// `compile` refuses it unless told otherwise, because a guard that does nothing is worse than none.
package struct InertUse: Equatable, Sendable {
    /// What has no effect, as the user wrote it: "middleware type `auth`", "`health_check`".
    package let feature: String
    package let range: SourceRange

    package init(feature: String, at range: SourceRange) {
        self.feature = feature
        self.range = range
    }
}

extension InertUse {
    /// The message to the user.
    ///
    /// - Parameter severity: An error where the table is about to be made without permission, else a
    ///   warning.
    package func diagnostic(severity: Diagnostic.Severity) -> Diagnostic {
        Diagnostic(
            code: .inert, severity: severity, range: range,
            message: "\(feature) is understood, but this version does not act on it",
            suggestion: "remove it, or compile with `--allow-inert` to go on without its effect")
    }
}
