import Diagnostics

/// WR110: a secret that is written out ends up in the repository and in the table.
enum LiteralSecretRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for (key, range) in subject.observations.literalSecrets {
            let isURL = key == "upstream_proxy"
            sink.warning(
                .literalSecret, at: range,
                isURL
                    ? "the password in `upstream_proxy` is written here and will be in the table"
                    : "the secret in `\(key)` is written here and will be in the table",
                suggestion: isURL
                    ? "use `environment`, which is read when the proxy starts"
                    : "use `{env: NAME}` or `{file: PATH}`, which are read when the proxy starts")
        }
    }
}
