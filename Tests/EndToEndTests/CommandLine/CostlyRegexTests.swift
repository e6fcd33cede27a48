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
}
