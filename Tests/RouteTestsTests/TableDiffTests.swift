import Foundation
import RouteTable
import RouteTests
import Testing

@Suite("Differences between tables")
struct TableDiffTests {
    private static func configuration(_ routes: String) -> String {
        """
        services:
          a: {url: "http://127.0.0.1:1"}
          b: {url: "http://127.0.0.1:2"}
        middlewares:
          - {name: guard, type: ip_filter, config: {allow: [10.0.0.0/8]}}
          - {name: log, type: logging, config: {format: json}}
        route_rules:
        \(routes.split(separator: "\n").map { "  - {\($0)}" }.joined(separator: "\n"))
        """
    }

    private static func diff(_ old: String, _ new: String) throws -> TableDiff {
        TableDiff(
            from: try TestedConfiguration.table(configuration(old)),
            to: try TestedConfiguration.table(configuration(new)))
    }

    @Test("A middleware of the same name with other settings is found")
    func middlewareContent() throws {
        let routes = "pattern: /x, target: a, middlewares: [guard]\npattern: /y, target: a"
        let text = Self.configuration(routes)
        let changed = text.replacingOccurrences(of: "10.0.0.0/8", with: "0.0.0.0/0")
        let diff = TableDiff(
            from: try TestedConfiguration.table(text), to: try TestedConfiguration.table(changed))
        #expect(diff.changes.isEmpty && !diff.isEmpty)
        #expect(diff.middlewares.map(\.name) == ["guard"])
        #expect(diff.text.contains("middleware guard: other settings, for 1 rule\n"))
        #expect(diff.json.contains(#""middlewares":[{"name":"guard","rules":1}]"#))
    }

    @Test("Settings of the whole table are compared")
    func settings() throws {
        let text = Self.configuration("pattern: /x, target: a")
        let changed =
            text + "\nadvanced: {path: {merge_slashes: true}, security: {max_body_bytes: 5}}\n"
        let diff = TableDiff(
            from: try TestedConfiguration.table(text), to: try TestedConfiguration.table(changed))
        #expect(diff.settings.map(\.name) == ["merge_slashes", "max_body_bytes"])
        #expect(diff.text.contains("setting merge_slashes: false → true\n"))
        #expect(diff.text.contains("2 settings changed"))
        #expect(diff.json.contains(#"{"name":"merge_slashes","old":"false","new":"true"}"#))
        #expect(!diff.losesMiddleware)
    }

    @Test(
        "Every kind is found",
        arguments: [
            ("pattern: /x, target: a", "pattern: /x, target: a\npattern: /y, target: a", "added"),
            ("pattern: /x, target: a\npattern: /y, target: a", "pattern: /x, target: a", "removed"),
            ("pattern: /x, target: a", "pattern: /x, target: b", "retargeted"),
            (
                "pattern: /x, target: a",
                "pattern: /x, target: a, rewrite: {path: /z}", "rewritten"
            ),
            (
                "pattern: /x, target: a, middlewares: [guard, log]",
                "pattern: /x, target: a, middlewares: [log]", "middleware-lost"
            ),
            (
                "pattern: /x, target: a",
                "pattern: /x, target: a, middlewares: [log]", "middleware-gained"
            ),
            (
                "pattern: /x, target: a, middlewares: [guard, log]",
                "pattern: /x, target: a, middlewares: [log, guard]", "middleware-order"
            ),
            (
                "pattern: /x, target: a\npattern: /*, target: b",
                "pattern: /x, target: a\npattern: /*, target: b, priority: 1", "moved"
            ),
        ])
    func kinds(old: String, new: String, kind: String) throws {
        let diff = try Self.diff(old, new)
        #expect(diff.changes.map { $0.kinds.map(\.rawValue) } == [[kind]])
        #expect(diff.losesMiddleware == (kind == "middleware-lost"))
        let change = try #require(diff.changes.first)
        #expect(change.witness.request != nil)
        #expect(change.oldWay != nil && change.newWay != nil)
        #expect(diff.text.contains(kind) && diff.json.contains("\"\(kind)\""))
    }

    @Test("The order and the places of rules are no difference")
    func equal() throws {
        let diff = try Self.diff(
            "pattern: /x, target: a\npattern: /y, target: b",
            "pattern: /y, target: b\npattern: /x, target: a")
        #expect(diff.isEmpty)
        #expect(diff.text == "no rule differs\n")
    }

    @Test("A removed route whose requests lose a guard loses a middleware")
    func lostByRemoval() throws {
        let diff = try Self.diff(
            "pattern: /x/*, target: a, middlewares: [guard]\npattern: /*, target: a",
            "pattern: /*, target: a")
        #expect(diff.changes.map(\.lost) == [["guard"]])
        #expect(diff.losesMiddleware)
    }

    @Test("A removed route whose requests are not served any more loses nothing")
    func notServed() throws {
        let diff = try Self.diff(
            "pattern: /x/*, target: a, middlewares: [guard]\npattern: /y, target: a",
            "pattern: /y, target: a")
        #expect(diff.changes.map(\.kinds) == [[.removed]])
        #expect(!diff.losesMiddleware)
        #expect(diff.changes.first?.newWay == "status 404")
    }

    @Test("A new route that takes requests from a guarded one loses a middleware")
    func lostByAddition() throws {
        let diff = try Self.diff(
            "pattern: /x/*, target: a, middlewares: [guard]",
            "pattern: /x/*, target: a, middlewares: [guard]\npattern: /x/open, target: a")
        #expect(diff.changes.map(\.kinds) == [[.added, .middlewareLost]])
    }
}
