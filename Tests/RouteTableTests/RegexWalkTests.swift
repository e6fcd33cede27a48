import MatchOracle
import RouteCompiler
import RouteTable
import TableFormat
import TestSupport
import Testing
import Validate

/// Goal: a regex that is walked matches what PCRE2 matches, and those are walked that can be.
@Suite("Regexes that are walked")
struct RegexWalkTests {
    /// Nil if the table has not one regex.
    private static func isWalked(_ bytes: [UInt8]) throws -> Bool? {
        let table = try TableEditor(bytes)
        guard table.count(of: .regexes) == 1 else { return nil }
        return table.get(.regexes, 0, at: 20) != .none
    }

    private static func isWalked(_ pattern: String) throws -> Bool? {
        let compiled = try RouteCompiler.compile(TestConfiguration.routes([(pattern, "hit")]))
        return try isWalked(compiled.bytes)
    }

    @Test(
        "What the next byte decides is walked",
        arguments: [
            "~^/api/v[0-9]+/users/[0-9a-f-]+$", "~^/api/v[0-9]{1,3}/", "~*^/API/[a-w]*x?/[0-9]+$",
            "~^/(?<year>[0-9]{4})-(?<month>[0-9]{2})/?$", "~^/([0-9a-f]{2}-){3}[0-9]$",
            "~^/p/(a|b|[0-9])+$", "~^/x[0-9]+/.*$",
            "~^/(en|fr)/[0-9]+$", "~^/x(ab)+/[0-9]+$", "~^/c/\\d+(?:/comments(?:/\\d+)?)?$",
            "~^/(?:[a-z]+-)+\\d+$", "~^/i[0-9]*\\.(?:png|jpe?g|webp)$", "~^/v[0-9]/(ab|cd)",
            "~^/([a-z]{2}_){2,3}[0-9]+$",
        ])
    func walked(_ pattern: String) throws { #expect(try Self.isWalked(pattern) == true) }

    @Test(
        "What may have to go back, or begins anywhere, is left to PCRE2",
        arguments: [
            "~/v[0-9]+$", "~^/[^/]+\\.json$", "~^/a.*b$", "~^/[a-z]+a$",
            "~^/(es|et)/[0-9]+$", "~^/x[0-9](ab)?", "~^/(a[0-9])*a$", "~^/(?:[a-z]-?)+[a-z]$",
            "~^/(a*b*)*[0-9]$", "~^/([0-9]|x|)$", "~^/(a$|[0-9])", "~^/a(?=b)[0-9b]+$",
            "~^/[0-9]++/[0-9]$", "~^/[0-9]?[0-9]$",
            "~^/[0-9]+|^/x[0-9]+$",
        ])
    func notWalked(_ pattern: String) throws { #expect(try Self.isWalked(pattern) == false) }

    @Test(
        "Loops that end with a loop go on",
        arguments: [
            ("^/(?:a(?:bc)*)+$", "/abcabca"), ("^/(?:a(?:bc)*)+$", "/aabc"),
            ("^/admin(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+$", "/admin/users/foo-bar"),
            ("^/admin(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+$", "/admin/a/b-c/d"),
            ("^(?:/a(?:b(?:c(?:de)*)*)*)*$", "/abcde/abcdecde/abc/a"),
            ("^(?:/a(?:b(?:c(?:d(?:e(?:fg)*)*)*)*)*)*$", "/abcdefg/abcdefgfg/a"),
        ])
    func nestedLoops(source: String, path: String) throws {
        var test = try TestTable(TestConfiguration.routes([("~" + source, "hit")]))
        #expect(OracleRegex.firstMatch(of: source, ignoresCase: false, in: path) != nil)
        #expect(test.name(path) == "hit")
    }

    /// Method: nested groups whose parts begin with letters of their own, so that almost all are walked, on paths that
    /// they match, and on those with one byte changed.
    @Test("Walks and PCRE2 agree on nested groups", arguments: 1...6 as ClosedRange<UInt64>)
    func nesting(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var walkedCount = 0
        var matchCount = 0
        for _ in 0..<200 {
            var letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")[...]
            let group = NestedGroup(&random, letters: &letters, depth: 0)
            let source = "^/" + group.source + "$"
            let compiled = try RouteCompiler.compile(
                TestConfiguration.routes([("~" + source, "hit")]))
            guard try Self.isWalked(compiled.bytes) == true else { continue }
            walkedCount += 1
            var test = try TestTable(compiled.bytes)
            for _ in 0..<40 {
                var path = "/" + group.sample(&random)
                if random.once(in: 3), path.count > 1 {
                    let index = path.indices.dropFirst().randomElement(using: &random)
                    if let index { path.replaceSubrange(index...index, with: "a") }
                }
                let expected =
                    OracleRegex.firstMatch(of: source, ignoresCase: false, in: path) != nil
                #expect((test.name(path) == "hit") == expected, "\(source) on \(path)")
                if expected { matchCount += 1 }
            }
        }
        #expect(walkedCount > 50)
        #expect(matchCount > 1_000)
    }

    /// Method: random sequences of few letters, so that parts overlap often, on random paths of the same letters. A
    /// table of one regex for each; all paths are held against PCRE2.
    @Test("Walks and PCRE2 agree", arguments: 1...8 as ClosedRange<UInt64>)
    func agreement(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var walkedCount = 0
        var matchCount = 0
        for _ in 0..<300 {
            let source = Self.regex(&random)
            let ignoresCase = random.once(in: 4)
            let compiled = try RouteCompiler.compile(
                TestConfiguration.routes([((ignoresCase ? "~*" : "~") + source, "hit")]))
            guard try Self.isWalked(compiled.bytes) == true else { continue }
            var test = try TestTable(compiled.bytes)
            walkedCount += 1
            for _ in 0..<60 {
                let path = Self.path(&random)
                let expected =
                    OracleRegex.firstMatch(of: source, ignoresCase: ignoresCase, in: path) != nil
                #expect((test.name(path) == "hit") == expected, "\(source) on \(path)")
                if expected { matchCount += 1 }
            }
        }
        #expect(walkedCount > 30)
        #expect(matchCount > 100)
    }

    private static func regex(_ random: inout SeededGenerator) -> String {
        "^/" + sequence(&random, depth: 0) + (random.once(in: 3) ? "" : "$")
    }

    private static func sequence(_ random: inout SeededGenerator, depth: Int) -> String {
        let counts = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "{0,3}"]
        var source = ""
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            if depth < 2, random.once(in: 3) {
                source += "(" + sequence(&random, depth: depth + 1)
                if random.once(in: 2) { source += "|" + sequence(&random, depth: depth + 1) }
                source += ")"
            } else {
                source += sets.randomElement(using: &random) ?? "a"
            }
            source += counts.randomElement(using: &random) ?? ""
        }
        return source
    }

    private static let sets = [
        "a", "b", "0", "[ab]", "[^/]", "[a0]", "[0-9]", "[^a]", ".", "/", "[A-Z]", "(a|0)",
    ]

    private static let pieces = ["a", "b", "0", "A", "/", "a", "00", "abababab"]

    /// A canonical path: no empty segments.
    private static func path(_ random: inout SeededGenerator) -> String {
        var path = "/"
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let piece = pieces.randomElement(using: &random) ?? "a"
            path += path.hasSuffix("/") && piece == "/" ? "b" : piece
        }
        return path
    }
}
