import Diagnostics
import Testing

@Suite("Did you mean")
struct DidYouMeanTests {
    private static let keys = [
        "route_rules", "host_rules", "services", "middlewares", "web", "target",
    ]

    @Test(
        "A slip of the finger finds the word that was meant",
        arguments: [
            ("routes_rules", "route_rules"),
            ("RouteRules", "route_rules"),
            ("host-rules", "host_rules"),
            ("sevrices", "services"),
            ("middleware", "middlewares"),
            ("wbe", "web"),
            ("traget", "target"),
        ])
    func found(word: String, expected: String) {
        #expect(DidYouMean.nearest(to: word, among: Self.keys) == expected)
    }

    @Test(
        "What is like nothing finds nothing",
        arguments: ["", "x", "ab", "colour", "1.1", "listeners"])
    func notFound(word: String) {
        #expect(DidYouMean.nearest(to: word, among: Self.keys + ["1.2"]) == nil)
    }
}
