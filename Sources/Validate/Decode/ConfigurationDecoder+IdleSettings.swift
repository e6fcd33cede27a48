import Diagnostics
import RouteSyntax

/// Settings of middlewares that do nothing beside the others.
extension ConfigurationDecoder {
    /// What is said of tokens needs tokens: a guard that looks stricter than it is must not pass for one.
    mutating func checkRoles(of fields: Fields) {
        let hasTokens = fields["jwt_secret"] != nil || fields["jwt"] != nil
        if let node = fields["roles"] {
            if case .sequence(let items) = node.kind, items.isEmpty {
                noteIdle(
                    "`roles` is empty: every token that is valid will do",
                    "name the roles, or leave it out", at: node.range)
            } else if !hasTokens, fields["basic"] != nil || fields["forward_auth"] != nil,
                let range = fields.keyRange("roles")
            {
                sink.error(
                    .missingKey, at: range, "`roles` are those of a token, and there is no `jwt`",
                    suggestion:
                        "whom `basic` and `forward_auth` let in has none: leave `roles` out")
            } else if fields["basic"] != nil, let range = fields.keyRange("roles") {
                noteIdle(
                    "`roles` are not asked of the users of `basic`",
                    "have an `auth` for those who bring tokens, on routes of its own", at: range)
            }
        } else if let range = fields.keyRange("roles_claim") {
            noteIdle(
                "`roles_claim` has no effect without `roles`", "name the roles that are let in",
                at: range)
        }
        if !hasTokens, let range = fields.keyRange("token_from") {
            noteIdle(
                "`token_from` has no effect without `jwt`", "leave it out, or add a `jwt`",
                at: range)
        }
    }

    /// Notes a setting that does nothing, for ``NoEffectRule``.
    mutating func noteIdle(_ message: String, _ suggestion: String, at range: SourceRange) {
        observations.idleSettings.append(
            (message: message, suggestion: suggestion, range: range))
    }
}
