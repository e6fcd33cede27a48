import Diagnostics
import RouteSyntax

/// Settings that do nothing beside the others.
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
            } else if fields["basic"] != nil, let range = fields.ownKeyRange("roles") {
                noteIdle(
                    "`roles` are not asked of the users of `basic`",
                    "have an `auth` for those who bring tokens, on routes of its own", at: range)
            }
        } else if let range = fields.ownKeyRange("roles_claim") {
            noteIdle(
                "`roles_claim` has no effect without `roles`", "name the roles that are let in",
                at: range)
        }
        if !hasTokens, let range = fields.ownKeyRange("token_from") {
            noteIdle(
                "`token_from` has no effect without `jwt`", "leave it out, or add a `jwt`",
                at: range)
        }
    }

    /// A `cors` without origins is no `cors` that is left open: it refuses all of them.
    mutating func noteClosed(_ policy: CORSPolicy, of fields: Fields) {
        guard policy.allowedOrigins.isEmpty, !fields.mayMean("allowed_origins") else { return }
        let node = fields["allowed_origins"]
        // Origins that are none are told of one by one.
        if case .sequence(let items)? = node?.kind, !items.isEmpty { return }
        observations.closedOrigins.append(node?.range ?? fields.range)
    }

    /// `headers` that change nothing, as a whole or in one direction.
    mutating func noteIdle(_ policy: HeadersPolicy, of fields: Fields) {
        let nothing = HeadersPolicy.Changes()
        let parts = [("request", policy.request), ("response", policy.response)]
        for (key, changes) in parts where changes == nothing {
            guard let range = fields.keyRange(key) else { continue }
            noteIdle(
                "`\(key)` changes nothing", "give it `set`, `add` or `remove`, or leave it out",
                at: range)
        }
        guard fields["request"] == nil, fields["response"] == nil else { return }
        noteIdle(
            "`headers` changes nothing without `request` or `response` in its `config`",
            "write `request: {set: {X-Name: value}}`, or remove it", at: fields.range)
    }

    /// A `dynamic_route` that names no value.
    mutating func noteIdleChoice(hasDefault: Bool, of fields: Fields) {
        guard let range = fields["services"]?.range else { return }
        if hasDefault {
            noteIdle(
                "`services` is empty: whatever the value is, requests go to `default`",
                "name values and their services, or make it the `target` of the routes", at: range)
        } else {
            noteIdle(
                "`services` is empty: whatever the value is, requests keep their target",
                "name values and their services, or remove it", at: range)
        }
    }

    /// Notes a setting that does nothing, for ``NoEffectRule``.
    mutating func noteIdle(_ message: String, _ suggestion: String, at range: SourceRange) {
        observations.idleSettings.append(
            (message: message, suggestion: suggestion, range: range))
    }
}
