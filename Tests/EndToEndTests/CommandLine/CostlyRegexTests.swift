import Foundation
import TestSupport
import Testing

/// Goal: what `check` says of a regular expression that gives up is what the proxy does.
/// Method: the paths that its messages name are explained, which runs the proxy's matcher.
@Suite("Regular expressions that give up")
struct CostlyRegexTests {
    private static let file =
        "\(BuiltPrograms.checkout)/Tests/Fixtures/config/proved/backtracking.yaml"

    private func run(_ arguments: String...) throws -> String {
        try RunningProgram.run(BuiltPrograms.path("wsroute"), arguments).output
    }

    @Test("The paths that are named are answered 503")
    func paths() throws {
        let findings = try run("check", Self.file)
        var count = 0
        for line in findings.split(separator: "\n") where line.hasSuffix("[WR135]") {
            guard let start = line.firstRange(of: "with the path `")?.upperBound,
                let end = line[start...].firstRange(of: "` PCRE2")?.lowerBound,
                !line.contains("path pattern"), !line[start..<end].contains("`")
            else { continue }
            count += 1
            let answer = try run(
                "explain", "http://other.example\(line[start..<end])", "--config", Self.file)
            #expect(answer.contains("503"), "\(line)\n\(answer)")
        }
        #expect(count >= 5)
    }

    @Test("A host that is named is answered 503")
    func host() throws {
        let findings = try run("check", Self.file)
        let start = try #require(findings.firstRange(of: "with the host `")?.upperBound)
        let end = try #require(findings[start...].firstRange(of: "` PCRE2")?.lowerBound)
        let answer = try run("explain", "http://\(findings[start..<end])/x", "--config", Self.file)
        #expect(answer.contains("503"), "\(answer)")
    }

    @Test("A value that is named is answered 503")
    func value() throws {
        let answer = try run(
            "explain", "http://other.example/i", "-H", "X-Tags: xxxxxxxxxxxxxxxxxxxxxxxxxxxx!",
            "-H", "Cookie: c=b", "--config", Self.file)
        #expect(answer.contains("503"), "\(answer)")
    }

    /// Regular expressions in which much is looked for and nothing found, and then one that gives up.
    private func findings(behind count: Int) throws -> String {
        let directory = try TemporaryDirectory()
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        let branches = letters.map { "\($0)a" } + ["[A-Z]b"]
        let costly = (0..<count).map {
            "  - {pattern: '~^/r\($0)/(\(branches.joined(separator: "|")))*[.]$', target: web}\n"
        }
        let text =
            "services: {web: {url: \"http://a\"}}\nroute_rules:\n"
            + costly.joined() + "  - {pattern: '~^/last/(a+)+$', target: web}\n"
        let file = "\(directory.path)/many.yaml"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        return try run("check", file)
    }

    @Test("The search ends for a configuration when its steps are used up")
    func searchIsBounded() throws {
        #expect(try findings(behind: 2).contains("[WR135]"))
        #expect(try !findings(behind: 15).contains("[WR135]"))
    }
}
