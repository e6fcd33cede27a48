import Diagnostics

/// WR127: a secret with fewer bytes than the hash can be guessed with less work than the hash promises.
enum WeakSecretRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for (byteCount, needed, range) in subject.observations.weakSecrets {
            sink.warning(
                .weakSecret, at: range,
                "the secret has \(byteCount) bytes; RFC 7518, 3.2 asks for at least \(needed)",
                suggestion: "make one with `openssl rand -base64 48`")
        }
    }
}
