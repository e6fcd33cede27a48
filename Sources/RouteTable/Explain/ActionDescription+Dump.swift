extension ActionDescription {
    /// What a dump says of it, by the names of the configuration; what it is not, is null.
    var dump: [DumpValue.Field] {
        [
            ("targets", targetsValue), ("rewrite", rewriteValue), ("redirect", redirectValue),
            ("respond", respondValue),
        ]
    }

    private var targetsValue: DumpValue {
        guard case .forward(let targets, _) = self else { return .none }
        return .list(
            targets.map { target in
                .fields([
                    ("service", .text(target.service)), ("weight", DumpValue(target.weight)),
                ])
            })
    }

    private var rewriteValue: DumpValue {
        guard case .forward(_, let rewrite?) = self else { return .none }
        return .fields([
            ("strip_prefix", DumpValue(rewrite.stripPrefix)),
            ("add_prefix", DumpValue(rewrite.addPrefix)), ("path", DumpValue(rewrite.path)),
        ])
    }

    private var redirectValue: DumpValue {
        guard case .redirect(let location, let status) = self else { return .none }
        return .fields([("to", .text(location)), ("status", DumpValue(status))])
    }

    private var respondValue: DumpValue {
        guard case .respond(let status, let contentType, let body) = self else { return .none }
        return .fields([
            ("status", DumpValue(status)), ("content_type", .text(contentType)),
            ("body", .text(body)),
        ])
    }
}
