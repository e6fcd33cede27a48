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
