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

    private static let api = "pattern: \"~^/api/.*$\", target: a"
    private static let data = "pattern: \"~^/.*[.]json$\", target: a"

    @Test(
        "Rules of both tables in another order may send a request elsewhere",
        arguments: [
            (
                "\(api), middlewares: [guard]\n\(data)",
                "\(data)\n\(api), middlewares: [guard]", true
            ),
            ("\(api)\n\(data)", "\(data)\n\(api)", false),
            ("\(data)\n\(api)", "\(data)\n\(api), priority: 5", false),
            (
                "\(data)\npattern: /api/x.json, target: a, middlewares: [guard]",
                "\(data), priority: 1\npattern: /api/x.json, target: a, middlewares: [guard]",
                true
            ),
            (
                "pattern: \"/x/{y}\", target: a\npattern: \"/x/{y}/*\", target: a",
                "pattern: \"/x/{y}\", target: a\npattern: \"/x/{y}/*\", target: a, priority: 1",
                false
            ),
        ])
    func order(old: String, new: String, isLossPossible: Bool) throws {
        let diff = try Self.diff(old, new)
        #expect(diff.remainder == .order && diff.mayLoseMiddleware == isLossPossible)
        #expect(diff.json.hasSuffix(#""remainder":"order"}"#))
        let told =
            "rules stand in another order: requests that several of them match may go elsewhere"
        #expect(diff.text.contains(told + (isLossPossible ? ", and past a middleware\n" : "\n")))
        #expect(!diff.text.contains("no request"))
    }

    @Test("Another order is told of beside another difference")
    func orderBesideMore() throws {
        let guarded = "\(Self.api), middlewares: [guard]"
        let diff = try Self.diff(
            "\(guarded)\n\(Self.data)", "\(Self.data)\n\(guarded)\npattern: /new, target: a")
        #expect(diff.changes.map(\.kinds) == [[.added]])
        #expect(diff.remainder == .order && diff.mayLoseMiddleware && !diff.losesMiddleware)
        #expect(diff.text.contains("\nrules stand in another order: "))
    }

    @Test("Hosts that are regular expressions are tried as listed, others are not")
    func hostOrder() throws {
        func diff(_ hosts: [String]) throws -> TableDiff {
            func table(_ hosts: [String]) throws -> LoadedTable {
                let rules = hosts.map { "  - {pattern: \"\($0)\", target: a}\n" }.joined()
                return try TestedConfiguration.table(
                    "services: {a: {url: \"http://127.0.0.1:1\"}}\nhost_rules:\n\(rules)")
            }
            return TableDiff(from: try table(hosts), to: try table(hosts.reversed()))
        }
        #expect(try diff(["~^a[.].*$", "~^.*[.]b$"]).remainder == .order)
        #expect(try diff(["*.a.example", "x.a.example"]).remainder == .unseen)
    }

    @Test("The order and the places of rules are no difference")
    func equal() throws {
        let diff = try Self.diff(
            "pattern: /x, target: a\npattern: /y, target: b",
            "pattern: /y, target: b\npattern: /x, target: a")
        #expect(diff.isEmpty)
        #expect(diff.remainder == .unseen)
        #expect(diff.text.hasPrefix("no rule differs, but the tables do: in names, in an order"))
    }

    @Test("What stands on other lines is no difference, and what is the same none at all")
    func places() throws {
        let text = Self.configuration("pattern: /x, target: a, middlewares: [guard]")
        let table = try TestedConfiguration.table(text)
        let same = TableDiff(from: table, to: try TestedConfiguration.table(text))
        #expect(same.isEmpty && same.text == "no rule differs\n")
        let moved = TableDiff(from: table, to: try TestedConfiguration.table("# moved\n" + text))
        #expect(moved.isEmpty && moved.remainder == .places)
        #expect(moved.text == "no rule differs, only where they are written (file and line)\n")
        #expect(moved.json.hasSuffix(#""alerts":[],"remainder":"places"}"#))
    }

    @Test(
        "An answer of a fallback is compared",
        arguments: [
            "status: 500, body: sorry", "status: 503, body: SORRY",
            "status: 503, body: sorry, content_type: text/html",
            "status: 503, body: sorry, headers: {X-A: b}",
            "status: 503, body: sorry, retry_after: 5s",
        ])
    func fallbackAnswers(answer: String) throws {
        let before = Self.configuration("pattern: /x, target: a")
        let told = "a: {url: \"http://127.0.0.1:1\"}"
        func own(_ answer: String) throws -> LoadedTable {
            let changed = told.dropLast() + ", fallback: {answer: {\(answer)}}}"
            return try TestedConfiguration.table(before.replacing(told, with: changed))
        }
        func common(_ answer: String) throws -> LoadedTable {
            try TestedConfiguration.table(before + "\nfallback: {answer: {\(answer)}}\n")
        }
        let usual = "status: 503, body: sorry"
        let change = TableDiff.ServiceChange(
            name: "a", old: "http://127.0.0.1:1", new: "http://127.0.0.1:1 with another fallback")
        #expect(TableDiff(from: try own(usual), to: try own(answer)).services == [change])
        let all = TableDiff(from: try common(usual), to: try common(answer))
        #expect(all.services.map(\.name) == ["a", "b"] && all.services.first == change)
    }

    @Test("Services are told apart by their names, whatever their places")
    func movedServices() throws {
        let text = Self.configuration("pattern: /x, target: a").replacing(
            "127.0.0.1:1\"}", with: "127.0.0.1:1\", fallback_service: b}")
        let more = text.replacing("  b: {", with: "  c: {url: \"http://127.0.0.1:3\"}\n  b: {")
        let old = try TestedConfiguration.table(text)
        let new = try TestedConfiguration.table(more)
        let added = TableDiff.ServiceChange(name: "c", old: "none", new: "http://127.0.0.1:3")
        #expect(TableDiff(from: old, to: new).services == [added])
        let removed = TableDiff.ServiceChange(name: "c", old: "http://127.0.0.1:3", new: "none")
        #expect(TableDiff(from: new, to: old).services == [removed])
    }

    @Test(
        "Alerts are compared",
        arguments: [
            ("busy: {metric: connections, above: 6}", ["busy"]),
            ("busy: {metric: connections, above: 5, for: 5s}", ["busy"]),
            ("busy: {metric: connections, above: 5, webhook: {service: b}}", ["busy"]),
            ("other: {metric: connections, above: 5}", ["busy", "other"]), ("", ["busy"]),
        ])
    func alerts(changed: String, names: [String]) throws {
        func table(_ alerts: String) throws -> LoadedTable {
            try TestedConfiguration.table(
                Self.configuration("pattern: /x, target: a") + "\nalerts: {\(alerts)}\n")
        }
        let diff = TableDiff(
            from: try table("busy: {metric: connections, above: 5}"), to: try table(changed))
        #expect(!diff.isEmpty && diff.alerts.map(\.name) == names)
        #expect(diff.text.contains("alert busy: metric=connections above=5 "))
        #expect(diff.json.contains(#""alerts":[{"name":"busy","old":"metric=connections "#))
    }

    @Test("The path of a webhook is compared and not told, as it may be a secret")
    func webhookPaths() throws {
        func table(_ path: String, of service: String = "b") throws -> LoadedTable {
            try TestedConfiguration.table(
                Self.configuration("pattern: /x, target: a")
                    + "\nalerts: {busy: {metric: connections, above: 5, "
                    + "webhook: {service: \(service), path: \(path)}}}\n")
        }
        let old = try table("/hook/SECRET?token=SECRET")
        for path in ["/hook/SECRET?token=OTHER", "/"] {
            let diff = TableDiff(from: old, to: try table(path))
            let told = "metric=connections above=5 for_ms=60000 severity=warning webhook=b"
            #expect(diff.alerts.map(\.old) == [told])
            #expect(diff.alerts.map(\.new) == [told + " with another webhook path"])
            #expect(!(diff.text + diff.json).contains("hook/SECRET"))
            #expect(!(diff.text + diff.json).contains("token"))
        }
        let moved = TableDiff(from: old, to: try table("/hook/SECRET?token=SECRET", of: "a"))
        #expect(moved.alerts.map { $0.new.hasSuffix(" webhook=a") } == [true])
    }

    @Test("Of an alert only what its metric has is told")
    func alertFields() throws {
        func table(_ threshold: String) throws -> LoadedTable {
            let alerts =
                "few: {metric: connections, above: 5\(threshold)}, "
                + "bad: {metric: error_rate, above: 5%\(threshold)}, "
                + "slow: {metric: latency, above: 5ms\(threshold)}"
            return try TestedConfiguration.table(
                Self.configuration("pattern: /x, target: a") + "\nalerts: {\(alerts)}\n")
        }
        let diff = TableDiff(from: try table(""), to: try table(", for: 5s"))
        #expect(diff.alerts.map { $0.old.contains("window_ms") } == [false, true, true])
        #expect(diff.alerts.map { $0.old.contains("quantile") } == [false, false, true])
    }

    @Test("A key of a listener is compared")
    func listenerKeys() throws {
        func table(_ key: String) throws -> LoadedTable {
            try TestedConfiguration.table(
                "listeners: [{port: 443, tls: {certificate: a.pem, key: \(key)}}]\n"
                    + Self.configuration("pattern: /x, target: a"))
        }
        let diff = TableDiff(from: try table("a.key"), to: try table("b.key"))
        #expect(diff.settings.map(\.old) == ["*:443 tls a.pem (key a.key)"])
        #expect(diff.settings.map(\.new) == ["*:443 tls a.pem (key b.key)"])
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
