import Foundation
import TestSupport
import Testing

/// Goal: what `check` proves is told as it was judged good, with the exit status that goes with it.
/// Method: each configuration has its whole expected output beside it. With `WSROUTE_RECORD_FIXTURES` set in the
/// environment the outputs are written instead of compared; read the difference before keeping it.
@Suite("Findings of check")
struct CheckFindingsTests {
    private static let folder = "\(BuiltPrograms.checkout)/Tests/Fixtures/config/proved"
    /// Those with errors of other kinds beside what is proved.
    private static let faultyFolder = "\(BuiltPrograms.checkout)/Tests/Fixtures/config/together"
    private static let names = names(in: folder)

    private static func names(in folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    }

    @Test("Mistakes of all kinds are told in one run", arguments: names(in: faultyFolder))
    func together(name: String) throws { try compare(name, in: Self.faultyFolder) }

    @Test("A configuration gives exactly its expected findings", arguments: names)
    func findings(name: String) throws { try compare(name, in: Self.folder) }

    private func compare(_ name: String, in folder: String) throws {
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsroute"), ["check", "\(folder)/\(name).yaml"])
        let output = result.output.replacing("\(folder)/", with: "")
        let path = "\(folder)/\(name).expected"
        if ProcessInfo.processInfo.environment["WSROUTE_RECORD_FIXTURES"] != nil {
            try output.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try output == String(contentsOfFile: path, encoding: .utf8))
        #expect(result.exit == .code(output.contains(": error: ") ? 1 : 0))
    }

    @Test("There is a fixture for each kind of finding")
    func kinds() throws {
        let text = try Self.names.map {
            try String(contentsOfFile: "\(Self.folder)/\($0).expected", encoding: .utf8)
        }.joined()
        for code in [119, 120, 121, 122, 123, 124, 125, 126, 135, 150, 151, 152, 153] {
            #expect(text.contains("[WR\(code)]"))
        }
    }

    @Test("compile refuses a guard that requests go past, whatever else is allowed")
    func guardsAreKept() throws {
        let directory = try TemporaryDirectory()
        let table = "\(directory.path)/routes.bin"
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsroute"),
            ["compile", "\(Self.folder)/guards.yaml", "-o", table, "--allow-inert"])
        #expect(result.exit == .code(1))
        #expect((result.output + result.errors).contains("[WR151]"))
        #expect(!FileManager.default.fileExists(atPath: table))
    }
}
