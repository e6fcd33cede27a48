/// The few words that random configurations and requests are made of, so that they meet often.
package enum Vocabulary {
    /// Canonical segments.
    package static let segments = [
        "a", "b", "ab", "abc", "api", "v1", "users", "admin", "x.js", "app.js", "A", "a.b", "a-b",
        "a%20b", "caf%C3%A9", ".well-known", ".git", "a;b", "a%3Bb", "0", "42", "...", "~x", "$(a)",
    ]

    package static let labels = ["a", "b", "api", "www", "x-1", "under_score"]
    package static let apexes = [
        "example.com", "b.example.com", "a.b.example.com", "com", "test", "api.test",
    ]
    package static let addresses = ["10.0.0.1", "127.0.0.1", "[::1]"]
    package static let ports: [UInt16] = [8080, 80, 9000]
    package static let methods = ["GET", "POST", "PUT", "get", "PURGE"]
    package static let headerNames = ["x-env", "x-a", "accept", "x-tenant"]
    package static let values = ["beta", "b", "Beta", "prod", "", "a b", "beta2"]
    package static let valueRegexes = ["^b", "a$", "^(?:beta|prod)$", "", "[0-9]"]
    package static let parameterNames = ["v", "q", "a b", "V"]
    package static let cookieNames = ["sid", "env", "SID"]
}
